/// Pictures of the same size side by side, with white between them.
public enum PictureGrid {
  private static let gap = 6

  /// The grid, row by row.
  public static func picture(_ pictures: [Picture], columns: Int) -> Picture {
    precondition(!pictures.isEmpty && columns >= 1, "PictureGrid: \(pictures.count) pictures in \(columns) columns")
    let (width, height) = (pictures[0].width, pictures[0].height)
    let rows = (pictures.count + columns - 1) / columns
    let across = min(columns, pictures.count)
    let whole = across * (width + gap) - gap
    var samples = [UInt8](repeating: 255, count: 3 * whole * (rows * (height + gap) - gap))
    for (number, picture) in pictures.enumerated() {
      precondition(picture.width == width && picture.height == height, "PictureGrid: pictures of other sizes")
      let tile = picture.converted(to: 3)
      let (top, left) = (number / columns * (height + gap), number % columns * (width + gap))
      for row in 0..<height {
        let place = 3 * ((top + row) * whole + left)
        samples.replaceSubrange(
          place..<place + 3 * width, with: tile.samples[3 * row * width..<3 * (row + 1) * width])
      }
    }
    return Picture(width: whole, height: samples.count / 3 / whole, channels: 3, samples: samples)
  }
}
