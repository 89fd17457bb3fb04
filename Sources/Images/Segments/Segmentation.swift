public import Tensors

/// A picture cut into segments, each a set of pixels that are shown or hidden together.
public struct Segmentation: Sendable, Equatable {
  /// The number of pixel columns.
  public let width: Int
  /// The number of pixel rows.
  public let height: Int
  /// The segment of each pixel, row by row, from 0.
  public let labels: [Int]
  /// The number of segments, each of at least one pixel.
  public let count: Int

  /// Segments from any labels, one a pixel: they are numbered anew from 0 in the order of the labels.
  /// - Complexity: O(pixels · log pixels)
  public init(width: Int, height: Int, labels: [Int]) {
    precondition(
      width >= 1 && height >= 1 && labels.count == width * height,
      "Segmentation: \(labels.count) labels for \(width) x \(height)")
    let names = Set(labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.width = width
    self.height = height
    self.labels = labels.map { places[$0] ?? 0 }
    count = names.count
  }

  /// The number of pixels of each segment.
  public var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels { sizes[label] += 1 }
    return sizes
  }

  /// A value for each pixel: that of its segment.
  public func spread(_ values: [Float]) -> [Float] { labels.map { values[$0] } }

  /// The picture with a line wherever two segments meet.
  public func outlined(_ picture: Picture, color: [UInt8] = [255, 230, 0]) -> Picture {
    precondition(picture.width == width && picture.height == height, "Segmentation: a picture of another size")
    let base = picture.converted(to: 3)
    var samples = base.samples
    for row in 0..<height {
      for column in 0..<width {
        let place = row * width + column
        let isEdge =
          (column + 1 < width && labels[place + 1] != labels[place])
          || (row + 1 < height && labels[place + width] != labels[place])
        if isEdge { samples.replaceSubrange(3 * place..<3 * place + 3, with: color) }
      }
    }
    return Picture(width: width, height: height, channels: 3, samples: samples)
  }
}

/// A way to cut a picture into segments.
public protocol Segmenter: Sendable {
  /// The segments of a picture.
  func segments(of picture: Picture, workers: Workers) throws -> Segmentation
}
