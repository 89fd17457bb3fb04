import Tensors

/// The standard errors of the slopes of a ridge regression by White's sandwich (*Econometrica* 48(4), 1980).
///
/// With A = G + αI, residuals r and weights π, the influence of a sample on the slopes is A⁻¹ (z − z̄) π r; the
/// variance of a slope is the sum of its squared influences, times n / (n − d − 1).
struct SandwichErrors: Sendable {
  private let fit: RidgeFit
  /// z̄ of the features in the fit.
  private let means: [Double]
  /// A⁻¹, `[d, d]`.
  private let inverse: [Double]
  private var count = 0
  private var variances: [Double]

  /// The errors of a fit, before any sample.
  /// - Parameters:
  ///   - fit: the fit.
  ///   - moments: those of all samples, from which it is.
  ///   - penalty: its α.
  init(_ fit: RidgeFit, _ moments: WeightedMoments, penalty: Double) {
    let width = fit.features.count
    self.fit = fit
    means = fit.features.map { moments.featureMeans[$0] }
    let factor = CholeskyFactor(moments.system(fit.features, penalty: penalty))
    inverse = (0..<width).flatMap { column in factor.solve((0..<width).map { $0 == column ? 1 : 0 }) }
    variances = [Double](repeating: 0, count: width)
  }

  /// Adds samples.
  ///
  /// Costs O(n · d²).
  /// - Parameters:
  ///   - features: `[n, features]`.
  ///   - answers: `[n, outputs]`.
  ///   - output: the output that the fit is of.
  ///   - weights: π of each; nil where all are 1.
  mutating func add(_ features: Matrix, _ answers: Matrix, output: Int, weights: [Double]? = nil) {
    let width = fit.features.count
    var variances = variances
    var centered = [Double](repeating: 0, count: width)
    for sample in 0..<features.rows {
      var residual = answers[sample, output] - fit.intercept
      for (place, feature) in fit.features.enumerated() {
        let value = features[sample, feature]
        residual -= fit.slopes[place] * value
        centered[place] = value - means[place]
      }
      if let weights { residual *= weights[sample] }
      for one in 0..<width {
        var influence = 0.0
        for other in 0..<width { influence += inverse[one * width + other] * centered[other] }
        variances[one] += influence * influence * residual * residual
      }
    }
    self.variances = variances
    count += features.rows
  }

  /// The standard error of each slope.
  var errors: [Double] {
    let correction = Double(count) / Double(max(1, count - fit.features.count - 1))
    return variances.map { ($0 * correction).squareRoot() }
  }
}
