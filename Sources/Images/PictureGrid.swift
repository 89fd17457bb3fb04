/// Pictures of the same size side by side, with white between them and a label over each.
public enum PictureGrid {
  private static let gap = 6
  /// Smaller pictures are enlarged, pixel by pixel, to at least this width, in which most labels fit.
  private static let leastWidth = 380

  /// The grid, row by row.
  /// - Parameters:
  ///   - pictures: the pictures.
  ///   - labels: what stands over each; cut where it is wider than the picture.
  ///   - columns: the pictures side by side.
  /// - Returns: one picture.
  public static func picture(_ pictures: [Picture], labels: [String], columns: Int) -> Picture {
    precondition(
      !pictures.isEmpty && pictures.count == labels.count && columns >= 1,
      "PictureGrid: \(pictures.count) pictures, \(labels.count) labels, \(columns) columns")
    let factor = (leastWidth + pictures[0].width - 1) / pictures[0].width
    let tiles = pictures.map { $0.converted(to: 3).enlarged(factor) }
    let (width, height) = (tiles[0].width, tiles[0].height)
    // Twice the font's size where all labels fit in that, as in large pictures.
    let longest = labels.map { $0.count }.max() ?? 0
    let size = longest * PixelFont.advance * 2 <= width ? 2 : 1
    let band = (PixelFont.height + 2) * size
    let rows = (tiles.count + columns - 1) / columns
    let across = min(columns, tiles.count)
    var canvas = Canvas(
      width: across * (width + gap) + gap, height: rows * (band + height + gap) + gap)
    for (number, tile) in tiles.enumerated() {
      precondition(tile.width == width && tile.height == height, "PictureGrid: pictures of other sizes")
      let left = gap + number % columns * (width + gap)
      let top = gap + number / columns * (band + height + gap)
      canvas.write(fitted(labels[number], width: width / (PixelFont.advance * size)), left: left, top: top, size: size)
      canvas.draw(tile, left: left, top: top + band)
    }
    return canvas.picture
  }

  /// The label, with dots in place of what does not fit.
  private static func fitted(_ label: String, width: Int) -> String {
    label.count <= width ? label : String(label.prefix(max(0, width - 2))) + ".."
  }

  /// A white picture that is drawn on.
  private struct Canvas {
    let width: Int
    let height: Int
    private var samples: [UInt8]

    init(width: Int, height: Int) {
      self.width = width
      self.height = height
      samples = [UInt8](repeating: 255, count: 3 * width * height)
    }

    var picture: Picture { Picture(width: width, height: height, channels: 3, samples: samples) }

    mutating func draw(_ tile: Picture, left: Int, top: Int) {
      for row in 0..<tile.height {
        let place = 3 * ((top + row) * width + left)
        samples.replaceSubrange(
          place..<place + 3 * tile.width, with: tile.samples[3 * row * tile.width..<3 * (row + 1) * tile.width])
      }
    }

    /// Writes a line in black, each of the font's pixels as a square of `size`.
    mutating func write(_ text: String, left: Int, top: Int, size: Int) {
      for (place, character) in text.enumerated() {
        for column in 0..<(PixelFont.advance - 1) * size {
          for row in 0..<PixelFont.height * size
          where PixelFont.isSet(character, column: column / size, row: row / size) {
            let pixel = (top + row) * width + left + place * PixelFont.advance * size + column
            for channel in 0..<3 { samples[3 * pixel + channel] = 0 }
          }
        }
      }
    }
  }
}

extension Picture {
  /// Each pixel as a square of `factor` pixels.
  fileprivate func enlarged(_ factor: Int) -> Picture {
    if factor == 1 { return self }
    var result: [UInt8] = []
    result.reserveCapacity(samples.count * factor * factor)
    for row in 0..<height {
      var line: [UInt8] = []
      for column in 0..<width {
        let pixel = samples[(row * width + column) * channels..<(row * width + column + 1) * channels]
        for _ in 0..<factor { line += pixel }
      }
      for _ in 0..<factor { result += line }
    }
    return Picture(width: width * factor, height: height * factor, channels: channels, samples: result)
  }
}
