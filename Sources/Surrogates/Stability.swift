import Tensors

/// Whether a column drives a prediction: its weight is beyond what chance makes of a model that no column drives, and a
/// good part of how far the prediction is from the neighbourhood's mean.
public struct Evidence: Sendable, Equatable {
  /// The largest magnitude of a weight over its standard error, of all columns.
  public let largest: Double
  /// What that would exceed by chance in one of twenty explanations if all weights were 0: the two-sided 5 % point of
  /// the normal law, divided among the columns (Bonferroni).
  public let threshold: Double
  /// The number of columns with a weight.
  public let columns: Int
  /// The largest magnitude of a weight, of all columns.
  public let largestWeight: Double
  /// How far the model's output for the row is from its mean in the neighbourhood.
  public let distance: Double

  /// The least share of `distance` that a column which drives the prediction accounts for.
  public static let share = 0.2

  /// Whether some weight is beyond chance.
  public var isBeyondChance: Bool { largest > threshold }
  /// Whether some column does drive the prediction.
  public var isDriven: Bool { isBeyondChance && largestWeight >= Self.share * distance }

  /// The evidence in the slopes of all columns.
  init(_ estimates: [SlopeEstimate], distance: Double) {
    self.distance = distance
    largestWeight = estimates.map(\.slope.magnitude).max() ?? 0
    let sizes = estimates.filter { $0.error > 0 }.map { $0.slope.magnitude / $0.error }
    columns = sizes.count
    largest = sizes.max() ?? 0
    threshold = -NormalDistribution.quantile(0.025 / Double(max(1, sizes.count)))
  }
}

/// How sure the order of an explanation's first terms is.
public enum Stability: String, Sendable, Equatable {
  /// Each of the first five terms is larger than the next, beyond what chance makes (two standard errors of the
  /// difference, one in forty); exact weights always are.
  case high
  /// The first five are larger than all others in that sense, but their order among themselves is not sure.
  case medium
  /// Other draws may put other terms among the first five.
  case low

  /// The number of terms whose order counts.
  static let depth = 5

  /// The grade of the slopes of all columns.
  init(_ estimates: [SlopeEstimate]) {
    let ranked = estimates.sortedFalling(by: \.slope.magnitude)
    // The gap after each of the first terms, in standard errors; a term that is 0 for sure ends the order.
    let gaps = (0..<min(Self.depth, ranked.count - 1)).map { place in
      let difference = ranked[place].slope.magnitude - ranked[place + 1].slope.magnitude
      let error =
        (ranked[place].error * ranked[place].error + ranked[place + 1].error * ranked[place + 1].error).squareRoot()
      return error > 0 ? difference / error : .infinity
    }
    if gaps.allSatisfy({ $0 >= 1.96 }) {
      self = .high
    } else {
      self = (gaps.last ?? .infinity) >= 1.96 || gaps.count < Self.depth ? .medium : .low
    }
  }
}
