public import Tensors

/// Segments that are the cells of a regular grid, whatever the picture shows.
public struct GridSegments: Segmenter, Equatable {
  /// The number of cells along the longer side.
  public var cells: Int

  /// A grid of so many cells along the longer side, and as many along the other as keep them nearly square.
  public init(cells: Int = 8) {
    precondition(cells >= 1, "GridSegments: \(cells) cells")
    self.cells = cells
  }

  /// The cell of each pixel; each holds at least one.
  public func segments(of picture: Picture, workers: Workers) -> Segmentation {
    let (width, height) = (picture.width, picture.height)
    let longer = max(width, height)
    let along = min(cells, longer)
    func count(_ side: Int) -> Int { max(1, Int((Double(along * side) / Double(longer)).rounded())) }
    let (across, down) = (count(width), count(height))
    let labels = (0..<width * height).map { pixel in
      (pixel / width * down / height) * across + pixel % width * across / width
    }
    return Segmentation(width: width, height: height, labels: labels)
  }
}
