public import Tensors

/// LIME on samples that are given: the part of it that draws nothing, as the original has it.
///
/// Samples get the weight exp(−D² / 2w²) by their distance D from the first one, which is the explained row; features
/// are selected; a ridge regression with penalty 1 on the selected ones gives the weights (Ribeiro, Singh & Guestrin,
/// *"Why Should I Trust You?"*, KDD 2016; lime 0.2).
public struct GivenSamples: Sendable {
  private let moments: WeightedMoments
  private let row: [Double]

  /// Samples in the surrogate's features and the model's answers to them.
  /// - Parameters:
  ///   - features: `[n, features]`, the explained row first.
  ///   - outputs: `[n, outputs]`.
  ///   - kernelWidth: w.
  public init(features: Matrix, outputs: Matrix, kernelWidth: Double) {
    let row = Array(features.row(0))
    let weights = (0..<features.rows).map { sample in
      let squares = zip(features.row(sample), row).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return kernelWeight(squaredDistance: squares, width: kernelWidth)
    }
    moments = WeightedMoments(features: features, outputs: outputs, weights: weights)
    self.row = row
  }

  /// The surrogate of one output.
  public struct Surrogate: Sendable, Equatable {
    /// The value where all features are 0.
    public let intercept: Double
    /// The features and their slopes, the largest magnitudes first.
    public let weights: [(feature: Int, slope: Double)]
    /// The weighted R².
    public let rSquared: Double
    /// The value for the explained row.
    public let localPrediction: Double

    /// Whether all numbers are equal.
    public static func == (one: Surrogate, other: Surrogate) -> Bool {
      one.intercept == other.intercept && one.rSquared == other.rSquared
        && one.localPrediction == other.localPrediction && one.weights.elementsEqual(other.weights, by: ==)
    }
  }

  /// The surrogate of one output with at most `limit` features.
  public func surrogate(output: Int, selection: FeatureSelection, limit: Int) -> Surrogate {
    let features = selection.features(limit: limit, moments, output: output, row: row)
    let fit = RidgeFit(moments, output: output, features: features, penalty: 1)
    let weights = zip(fit.features, fit.slopes).map { (feature: $0, slope: $1) }
    let ranked = weights.enumerated().sorted {
      ($1.element.slope.magnitude, $0.offset) < ($0.element.slope.magnitude, $1.offset)
    }.map(\.element)
    let local = weights.reduce(fit.intercept) { $0 + $1.slope * row[$1.feature] }
    return Surrogate(
      intercept: fit.intercept, weights: ranked, rSquared: fit.rSquared, localPrediction: local)
  }
}
