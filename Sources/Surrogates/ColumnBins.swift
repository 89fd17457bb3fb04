import Tensors

/// The bins of one column, how often the training rows fall into each, and how values are drawn from one.
///
/// A column of numbers has the bins x ≤ c₀, c₀ < x ≤ c₁, ..., x > c₋₁ between its cut points c; a column of categories
/// has one bin a category. Missing cells have a bin of their own, after the others.
public struct ColumnBins: Sendable, Equatable, Codable {
  /// The cut points of a column of numbers, ascending; nil for categories.
  public let cuts: [Double]?
  /// The law of the values in each bin but the missing one.
  public let laws: [BinLaw]
  /// The number of training rows in each bin, the missing one last: `[laws.count + 1]`.
  public let counts: [Double]
  /// The number of training rows.
  let total: Double

  /// The bins of a column of numbers.
  ///
  /// A bin between two cut points draws from the normal law with the mean and the population deviation of the training
  /// values in it, truncated to the bin; the outer bins end at the least and the greatest training value (Ribeiro et
  /// al.'s lime does the same). Values that do not vary, or a bin without training values, make a point.
  /// - Parameters:
  ///   - values: the training values, NaN where missing.
  ///   - cuts: ascending cut points.
  /// - Complexity: O(values · log cuts)
  public init(numbers values: [Double], cuts: [Double]) {
    let present = values.filter { !$0.isNaN }
    let low = present.min() ?? 0
    let high = present.max() ?? 0
    var counts = [Double](repeating: 0, count: cuts.count + 2)
    var sums = counts
    var squares = counts
    for value in present {
      let bin = cuts.lowerBound(of: value)
      counts[bin] += 1
      sums[bin] += value
    }
    for value in present {
      let bin = cuts.lowerBound(of: value)
      let difference = value - sums[bin] / counts[bin]
      squares[bin] += difference * difference
    }
    counts[cuts.count + 1] = Double(values.count - present.count)
    self.cuts = cuts
    self.counts = counts
    total = counts.reduce(0, +)
    laws = (0...cuts.count).map { bin in
      let lower = bin == 0 ? low : cuts[bin - 1]
      let upper = bin == cuts.count ? high : cuts[bin]
      if counts[bin] == 0 { return .point(lower / 2 + upper / 2) }
      let mean = sums[bin] / counts[bin]
      let deviation = (squares[bin] / counts[bin]).squareRoot()
      return deviation > 0 && lower < upper
        ? .truncatedNormal(mean: mean, deviation: deviation, lower: lower, upper: upper) : .point(mean)
    }
  }

  /// The bins of a column of categories.
  /// - Parameters:
  ///   - codes: the training rows' categories, NaN where missing.
  ///   - levelCount: the number of categories.
  public init(categories codes: [Double], levelCount: Int) {
    var counts = [Double](repeating: 0, count: levelCount + 1)
    for code in codes { counts[code.isNaN ? levelCount : Int(code)] += 1 }
    cuts = nil
    laws = (0..<levelCount).map { .point(Double($0)) }
    self.counts = counts
    total = counts.reduce(0, +)
  }

  /// The bin of a value; the last one for NaN.
  public func bin(of value: Double) -> Int {
    if value.isNaN { return laws.count }
    guard let cuts else { return Int(value) }
    return cuts.lowerBound(of: value)
  }

  /// The share of the training rows in each bin, where a row in a bin that no training row is in counts as one more:
  /// its own value can then be drawn at all.
  func shares(explaining bin: Int) -> [Double] {
    var counts = self.counts
    if counts[bin] == 0 { counts[bin] = 1 }
    let total = counts.reduce(0, +)
    return counts.map { $0 / total }
  }

  /// The share of the training rows that are in a bin.
  func share(ofBin bin: Int) -> Double {
    counts[bin] / total
  }

  /// What a row's value satisfies when it is in the given bin.
  public func condition(bin: Int) -> Condition {
    if bin == laws.count { return .isMissing }
    guard let cuts else { return .isCategory(bin) }
    return .isBetween(lower: bin == 0 ? nil : cuts[bin - 1], upper: bin == cuts.count ? nil : cuts[bin])
  }
}

/// What is said of one cell of a row.
public enum Condition: Sendable, Hashable {
  /// lower < x ≤ upper; nil where there is no bound.
  case isBetween(lower: Double?, upper: Double?)
  /// The category of this index.
  case isCategory(Int)
  /// There is no value.
  case isMissing
  /// Nothing: the weight is for a rise of the number by this standard deviation of the training values.
  case perDeviation(Double)
}

/// How values are drawn from a bin.
public enum BinLaw: Sendable, Equatable, Codable {
  /// One value alone.
  case point(Double)
  /// A normal law cut off outside `lower ... upper`.
  case truncatedNormal(mean: Double, deviation: Double, lower: Double, upper: Double)

  /// The chance of a value that is at most `threshold` when compared as a Float.
  func cumulative(_ threshold: Float) -> Double {
    switch self {
    case .point(let value):
      return Float(value) <= threshold ? 1 : 0
    case .truncatedNormal(let mean, let deviation, let lower, let upper):
      let threshold = Double(threshold)
      if threshold <= lower { return 0 }
      if threshold >= upper { return 1 }
      let below = NormalDistribution.cumulative((lower - mean) / deviation)
      let within = NormalDistribution.cumulative((upper - mean) / deviation) - below
      return (NormalDistribution.cumulative((threshold - mean) / deviation) - below) / within
    }
  }
}
