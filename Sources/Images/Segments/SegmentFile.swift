public import Tensors

/// Segments that a user drew: a picture in which all pixels of one colour are a segment.
public struct SegmentFile: Segmenter, Equatable {
  private let drawing: Picture

  /// Segments from a drawing.
  public init(_ drawing: Picture) { self.drawing = drawing }

  /// Segments from the drawing in a file.
  /// - Throws: `OptionError` for a word that is no file, and what keeps a file from being read.
  init(path: String, in context: OptionContext) throws {
    guard let drawing = try context.read(path) else {
      throw OptionError(
        "there is no way of cutting pictures called \"\(path)\": they are quickshift, slic, grid, or a PNG file")
    }
    let (picture, seen) = (context.picture, context.seen)
    // Drawn on the picture as it was read, the segments take the picture's way into the model.
    let isOfPicture = drawing.width == picture.width && drawing.height == picture.height
    if !isOfPicture, (drawing.width, drawing.height) != (seen.width, seen.height) {
      context.note(
        "\(path): \(drawing.width) x \(drawing.height) pixels of segments were stretched over the picture's "
          + "\(seen.width) x \(seen.height)")
    }
    self.init(isOfPicture ? context.preprocessing.fitNearest(drawing) : drawing)
  }

  /// The segments, which must be drawn in the size of the picture, or in one from which its pixels take the nearest
  /// colour.
  /// - Throws: `SegmentFileError` where there are more than `mostSegments` colours: a photograph is no drawing of
  ///   segments.
  public func segments(of picture: Picture, workers: Workers) throws -> Segmentation {
    let (width, height) = (picture.width, picture.height)
    let labels = (0..<width * height).map { pixel in
      let row = pixel / width * drawing.height / height
      let column = pixel % width * drawing.width / width
      let place = (row * drawing.width + column) * drawing.channels
      return drawing.samples[place..<place + drawing.channels].reduce(0) { $0 << 8 | Int($1) }
    }
    let segments = Segmentation(width: width, height: height, labels: labels)
    guard segments.count <= Self.mostSegments else { throw SegmentFileError(colors: segments.count) }
    return segments
  }

  /// The most segments that are taken from a drawing.
  public static let mostSegments = 2000
}

/// A picture that is no drawing of segments.
public struct SegmentFileError: Error, Equatable, CustomStringConvertible {
  /// The number of its colours.
  public let colors: Int

  /// The error in one sentence.
  public var description: String {
    "\(colors) colours are too many for segments, \(SegmentFile.mostSegments) are the most; "
      + "each segment must be of one colour"
  }
}
