/// Whether probabilities are as often right as they say: the reliability curve.
public struct Calibration: Sendable, Equatable {
  /// Rows of similar probability.
  public struct Bin: Sendable, Equatable {
    /// The number of rows.
    public let count: Int
    /// Their mean probability.
    public let predicted: Double
    /// The share of them for which the event came.
    public let observed: Double
    /// The 95 % interval of that share after Wilson (1927), which stays within 0 and 1.
    public let lower: Double
    /// The interval's upper end.
    public let upper: Double
  }

  /// The bins that have rows, by rising probability.
  public let bins: [Bin]
  /// The expected calibration error: the mean over the rows of their bin's |observed − predicted|.
  public let error: Double

  /// The curve of some probabilities.
  ///
  /// The bins are between quantiles of the probabilities, so that each has about as many rows; a probability that is a
  /// quantile belongs to the lower bin, as in scikit-learn's `calibration_curve(strategy="quantile")`.
  /// - Parameters:
  ///   - probabilities: what was said of each row; at least one.
  ///   - outcomes: whether the event came.
  ///   - limit: the most bins, at least 1.
  /// - Complexity: O(n log n)
  public init(_ probabilities: [Double], outcomes: [Bool], limit: Int) {
    precondition(
      probabilities.count == outcomes.count && !probabilities.isEmpty && limit >= 1,
      "Calibration: \(probabilities.count) probabilities, \(outcomes.count) outcomes, \(limit) bins")
    let sorted = probabilities.sorted()
    let cuts = (1..<max(2, limit)).prefix(limit - 1).map {
      BootstrapInterval.quantile(sorted, Double($0) / Double(limit))
    }
    var counts = [Int](repeating: 0, count: limit)
    var sums = [Double](repeating: 0, count: limit)
    var events = [Int](repeating: 0, count: limit)
    for (probability, outcome) in zip(probabilities, outcomes) {
      let bin = cuts.firstIndex { probability <= $0 } ?? limit - 1
      counts[bin] += 1
      sums[bin] += probability
      if outcome { events[bin] += 1 }
    }
    bins = (0..<limit).filter { counts[$0] > 0 }.map { bin in
      let observed = Double(events[bin]) / Double(counts[bin])
      let (lower, upper) = Self.wilson(events[bin], of: counts[bin])
      return Bin(
        count: counts[bin], predicted: sums[bin] / Double(counts[bin]), observed: observed, lower: lower, upper: upper)
    }
    error =
      bins.reduce(0) { $0 + Double($1.count) * ($1.observed - $1.predicted).magnitude } / Double(probabilities.count)
  }

  /// Wilson's 95 % interval of a share.
  static func wilson(_ events: Int, of count: Int) -> (lower: Double, upper: Double) {
    let z = 1.959963984540054
    let (n, share) = (Double(count), Double(events) / Double(count))
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return (max(0, middle - half), min(1, middle + half))
  }
}
