/// How many numbers fall into each of some intervals of equal width.
public struct Histogram: Sendable, Equatable {
  /// The least number.
  public let lower: Double
  /// The greatest number.
  public let upper: Double
  /// The counts of [lower, lower + w), [lower + w, lower + 2w), ..., the last one with `upper`.
  public let counts: [Int]

  /// The intervals from the least to the greatest finite number; nil where there is none.
  ///
  /// Where all numbers are whole and no more than `limit` apart each has an interval of its own.
  /// - Parameters:
  ///   - numbers: the numbers, of which those that are not finite are left out.
  ///   - limit: the most intervals, at least 1.
  /// - Complexity: O(n)
  public init?(_ numbers: [Double], limit: Int) {
    precondition(limit >= 1, "Histogram: \(limit) intervals")
    var lower = Double.infinity
    var upper = -Double.infinity
    var isWhole = true
    for number in numbers where number.isFinite {
      lower = min(lower, number)
      upper = max(upper, number)
      isWhole = isWhole && number == number.rounded()
    }
    guard lower <= upper else { return nil }
    let isCounted = isWhole && upper - lower < Double(limit)
    let count = lower == upper ? 1 : isCounted ? Int(upper - lower) + 1 : limit
    var counts = [Int](repeating: 0, count: count)
    // Halved, so that the range of the largest numbers does not pass them.
    let range = isCounted ? Double(count) / 2 : upper / 2 - lower / 2
    for number in numbers where number.isFinite {
      let share = range > 0 ? (number / 2 - lower / 2) / range : 0
      counts[min(count - 1, Int(share * Double(count)))] += 1
    }
    self.lower = lower
    self.upper = upper
    self.counts = counts
  }
}
