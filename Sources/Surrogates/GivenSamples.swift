public import Tensors

/// LIME on samples that are given: the part of it that draws nothing, and that knows neither tables nor pictures, as
/// the original has it.
///
/// Samples get the weight exp(−D² / 2w²) by their distance D from the first one, which is the explained row or picture;
/// features are selected; a ridge regression with penalty 1 on the selected ones gives the weights (Ribeiro, Singh &
/// Guestrin, *"Why Should I Trust You?"*, KDD 2016; lime 0.2).
public struct GivenSamples: Sendable {
  private let features: Matrix
  private let outputs: Matrix
  private let weights: [Double]
  private let moments: WeightedMoments
  private let row: [Double]

  /// How far a sample is from the first one.
  public enum Distance: Sendable {
    /// √Σ (z − z₀)², which lime takes for tables.
    case euclidean
    /// 1 − zᵀz₀ / |z| |z₀|, which lime takes for pictures; 1 where a length is 0.
    case cosine

    fileprivate func squared(_ sample: ArraySlice<Double>, _ row: [Double]) -> Double {
      switch self {
      case .euclidean: return zip(sample, row).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      case .cosine:
        let product = zip(sample, row).reduce(0) { $0 + $1.0 * $1.1 }
        let lengths = [sample, row[...]].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let distance = lengths[0] > 0 && lengths[1] > 0 ? max(0, 1 - product / lengths[0] / lengths[1]) : 1
        return distance * distance
      }
    }
  }

  /// Samples in the surrogate's features and the model's answers to them.
  /// - Parameters:
  ///   - features: `[n, features]`, the explained row first.
  ///   - outputs: `[n, outputs]`.
  ///   - kernelWidth: w.
  ///   - distance: what D is.
  public init(features: Matrix, outputs: Matrix, kernelWidth: Double, distance: Distance = .euclidean) {
    let row = Array(features.row(0))
    weights = (0..<features.rows).map { sample in
      kernelWeight(squaredDistance: distance.squared(features.row(sample), row), width: kernelWidth)
    }
    moments = WeightedMoments(features: features, outputs: outputs, weights: weights)
    self.features = features
    self.outputs = outputs
    self.row = row
  }

  /// What a feature is worth.
  public struct Weight: Sendable, Equatable {
    /// The feature.
    public let feature: Int
    /// How much higher the output is where the feature is larger by 1.
    public let slope: Double
    /// The standard error that the slope has by the chance of the draws.
    public let standardError: Double
  }

  /// The surrogate of one output.
  public struct Surrogate: Sendable, Equatable {
    /// The value where all features are 0.
    public let intercept: Double
    /// The features and their slopes, the largest magnitudes first.
    public let weights: [Weight]
    /// The weighted R².
    public let rSquared: Double
    /// The value for the explained row.
    public let localPrediction: Double
    /// How sure the order of the first weights is.
    public let stability: Stability
  }

  /// The surrogate of one output with at most `limit` features.
  /// - Complexity: O(n · features² + features³)
  public func surrogate(output: Int, selection: FeatureSelection, limit: Int) -> Surrogate {
    let features = selection.features(limit: limit, moments, output: output, row: row)
    let fit = RidgeFit(moments, output: output, features: features, penalty: 1)
    var sandwich = SandwichErrors(fit, moments, penalty: 1)
    sandwich.add(self.features, outputs, output: output, weights: self.weights)
    let errors = sandwich.errors
    let weights = features.indices.map {
      Weight(feature: features[$0], slope: fit.slopes[$0], standardError: errors[$0])
    }
    let local = weights.reduce(fit.intercept) { $0 + $1.slope * row[$1.feature] }
    return Surrogate(
      intercept: fit.intercept, weights: weights.sortedFalling(by: \.slope.magnitude), rSquared: fit.rSquared,
      localPrediction: local,
      stability: Stability(weights.map { SlopeEstimate(slope: $0.slope, error: $0.standardError) }))
  }
}
