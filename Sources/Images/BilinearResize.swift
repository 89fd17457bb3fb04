/// Bilinear resizing of maps with the centres of the outer values half a place inside the edge, as torch's
/// `interpolate(mode="bilinear", align_corners=False)`.
struct BilinearResize: Sendable {
  private let rows: [Place]
  private let columns: [Place]
  private let width: Int
  private let height: Int

  /// Between which two places a new one lies, and the share of the second.
  private struct Place: Sendable {
    let low: Int
    let high: Int
    let share: Float
  }

  /// From one size to another.
  init(height: Int, width: Int, toHeight newHeight: Int, toWidth newWidth: Int) {
    (self.height, self.width) = (height, width)
    rows = Self.places(from: height, to: newHeight)
    columns = Self.places(from: width, to: newWidth)
  }

  private static func places(from source: Int, to target: Int) -> [Place] {
    (0..<target).map { place in
      let position = max(0, (Double(place) + 0.5) * Double(source) / Double(target) - 0.5)
      let low = min(Int(position), source - 1)
      return Place(low: low, high: min(low + 1, source - 1), share: Float(position - Double(low)))
    }
  }

  /// The values, row by row, in the new size.
  func callAsFunction(_ values: [Float]) -> [Float] {
    precondition(values.count == height * width, "BilinearResize: \(values.count) values for \(height) x \(width)")
    var result: [Float] = []
    result.reserveCapacity(rows.count * columns.count)
    for row in rows {
      for column in columns {
        let upper =
          values[row.low * width + column.low] * (1 - column.share) + values[row.low * width + column.high]
          * column.share
        let lower =
          values[row.high * width + column.low] * (1 - column.share) + values[row.high * width + column.high]
          * column.share
        result.append(upper * (1 - row.share) + lower * row.share)
      }
    }
    return result
  }

  /// The way back of a signal: the transposed product.
  func transposed(_ signal: [Float]) -> [Float] {
    precondition(signal.count == rows.count * columns.count, "BilinearResize: \(signal.count) values")
    var result = [Float](repeating: 0, count: height * width)
    for (place, row) in rows.enumerated() {
      for (other, column) in columns.enumerated() {
        let value = signal[place * columns.count + other]
        for (line, part) in [(row.low, 1 - row.share), (row.high, row.share)] {
          result[line * width + column.low] += value * part * (1 - column.share)
          result[line * width + column.high] += value * part * column.share
        }
      }
    }
    return result
  }
}
