import RealModule
import Tensors

/// How many errors a leaf or a rule is to be expected to make, from those that it made in training: the upper
/// confidence limit of a binomial's share, by the normal approximation with a continuity correction.
///
/// With N cases and e errors, 1 ≤ e < N − ½, f = (e + ½) / N and z the normal quantile of 1 − CF:
///
///     U = N (f + z²/2N + z √(f/N − f²/N + z²/4N²)) / (1 + z²/N) − e,
///
/// the errors to be added. For e = 0 the limit is exact, N (1 − CF^(1/N)), and between 0 and 1 errors it is
/// interpolated.
///
/// Quinlan, *C4.5: Programs for Machine Learning* (1993), section 4.2.
public struct PessimisticErrors: Sendable, Equatable {
  /// Where z comes from.
  public enum Quantile: Sendable, Equatable {
    /// The exact quantile, as in Weka's J48.
    case exact
    /// Linear interpolation in a table of nine values, as in C4.5 release 8, with its answer for e near N.
    case release8
  }

  /// The chance CF, in (0, 0.5], that the limit is exceeded; the smaller, the more errors are expected.
  public let confidence: Double
  /// Where z comes from.
  public let quantile: Quantile
  private let z: Double

  /// Limits of the given confidence.
  public init(confidence: Double = 0.25, quantile: Quantile = .exact) {
    precondition(confidence > 0 && confidence <= 0.5, "PessimisticErrors: confidence \(confidence)")
    self.confidence = confidence
    self.quantile = quantile
    z = quantile == .exact ? NormalDistribution.quantile(1 - confidence) : Self.interpolated(confidence)
  }

  private static let table: [(confidence: Double, z: Double)] = [
    (0, 4), (0.001, 3.09), (0.005, 2.58), (0.01, 2.33), (0.05, 1.65), (0.1, 1.28), (0.2, 0.84), (0.4, 0.25), (1, 0),
  ]

  private static func interpolated(_ confidence: Double) -> Double {
    let upper = table.firstIndex { $0.confidence >= confidence } ?? table.count - 1
    let (low, high) = (table[upper - 1], table[upper])
    return low.z + (high.z - low.z) * (confidence - low.confidence) / (high.confidence - low.confidence)
  }

  /// The errors to be added to the `errors` made among `cases`, both not negative; 0 without cases.
  public func additional(cases: Double, errors: Double) -> Double {
    guard cases > 0 else { return 0 }
    let isRelease8 = quantile == .release8
    if errors < (isRelease8 ? 0.9999 : 1) {
      let none = cases * (1 - Double.pow(confidence, 1 / cases))
      if errors < (isRelease8 ? 1e-6 : .leastNonzeroMagnitude) { return none }
      return none + errors * (additional(cases: cases, errors: 1) - none)
    }
    if errors + 0.5 >= cases { return max(0, (isRelease8 ? 0.67 : 1) * (cases - errors)) }
    let share = (errors + 0.5) / cases
    let deviation = (share / cases - share * share / cases + z * z / (4 * cases * cases)).squareRoot()
    return cases * (share + z * z / (2 * cases) + z * deviation) / (1 + z * z / cases) - errors
  }

  /// The errors expected among `cases` where `errors` were made.
  public func expected(cases: Double, errors: Double) -> Double { errors + additional(cases: cases, errors: errors) }

  /// The share of errors expected among as many new cases; 1 without cases.
  public func share(cases: Double, errors: Double) -> Double {
    cases > 0 ? expected(cases: cases, errors: errors) / cases : 1
  }
}
