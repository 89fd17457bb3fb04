/// The mean of differences between two measures of the same things, and how sure it is.
struct PairedDifference: Sendable, Equatable {
  /// The number of pairs.
  let count: Int
  /// The mean difference; NaN without pairs.
  let mean: Double
  /// Its standard error, the deviation over √n; NaN for fewer than two pairs.
  let standardError: Double

  /// The differences of pairs; those of which one is not a number are left out.
  init(_ pairs: [(Double, Double)]) {
    let differences = pairs.map { $0.0 - $0.1 }.filter { !$0.isNaN }
    count = differences.count
    mean = count > 0 ? differences.reduce(0, +) / Double(count) : .nan
    let center = mean
    let squares = differences.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    standardError = count > 1 ? (squares / Double(count - 1) / Double(count)).squareRoot() : .nan
  }

  /// Whether the difference is above 0 by two standard errors: true; below by as many: false; else nil.
  var isPositive: Bool? {
    guard standardError >= 0 else { return nil }
    if mean > 2 * standardError { return true }
    if mean < -2 * standardError { return false }
    return nil
  }
}
