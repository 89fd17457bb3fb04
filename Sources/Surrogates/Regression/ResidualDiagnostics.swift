import RealModule

/// What residuals say of a regression's assumptions: whether they are normal, and whether neighbours are alike.
public struct ResidualDiagnostics: Sendable, Equatable {
  /// A test and the probability of a statistic as large where its hypothesis holds.
  public struct Test: Sendable, Equatable {
    /// The statistic.
    public let statistic: Double
    /// The probability.
    public let p: Double

    /// A statistic that is χ² with two degrees of freedom under its hypothesis: P(χ² > s) = exp(−s/2).
    init(chiSquaredOfTwo statistic: Double) {
      self.statistic = statistic
      p = Double.exp(-statistic / 2)
    }
  }

  /// m₃ / m₂^1.5 with the moments over n.
  public let skewness: Double
  /// m₄ / m₂², 3 for a normal distribution.
  public let kurtosis: Double
  /// n(S²/6 + (K − 3)²/24) (Jarque and Bera, 1987).
  public let jarqueBera: Test
  /// The sum of the squared normal scores of skewness and kurtosis (D'Agostino and Pearson, 1973); nil for fewer than
  /// eight residuals, where it is not defined.
  public let omnibus: Test?
  /// Σ(eᵢ − eᵢ₋₁)² / Σeᵢ², 2 where neighbours are unrelated (Durbin and Watson, 1950).
  public let durbinWatson: Double

  /// The diagnostics of residuals in the order of the rows; nil where they do not vary.
  /// - Complexity: O(residuals)
  public init?(_ residuals: [Double]) {
    let n = Double(residuals.count)
    var mean = 0.0
    for residual in residuals { mean += residual }
    mean /= n
    var second = 0.0
    var third = 0.0
    var fourth = 0.0
    var squares = 0.0
    var steps = 0.0
    var previous: Double?
    for residual in residuals {
      let difference = residual - mean
      let square = difference * difference
      second += square
      third += square * difference
      fourth += square * square
      squares += residual * residual
      if let previous { steps += (residual - previous) * (residual - previous) }
      previous = residual
    }
    guard second > 0, squares > 0 else { return nil }
    second /= n
    skewness = third / n / (second * second.squareRoot())
    kurtosis = fourth / n / (second * second)
    durbinWatson = steps / squares
    jarqueBera = Test(
      chiSquaredOfTwo: n * (skewness * skewness / 6 + (kurtosis - 3) * (kurtosis - 3) / 24))
    if residuals.count < 8 {
      omnibus = nil
    } else {
      let one = Self.skewnessScore(skewness, n)
      let other = Self.kurtosisScore(kurtosis, n)
      omnibus = Test(chiSquaredOfTwo: one * one + other * other)
    }
  }

  /// D'Agostino's transformation of skewness to normality (Biometrika 57(3), 1970).
  private static func skewnessScore(_ skewness: Double, _ n: Double) -> Double {
    let scaled = skewness * ((n + 1) * (n + 3) / (6 * (n - 2))).squareRoot()
    let upper = 3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3)
    let spread = upper / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
    let square = -1 + (2 * (spread - 1)).squareRoot()
    let ratio = scaled / (2 / (square - 1)).squareRoot()
    return Double.asinh(ratio) / (0.5 * Double.log(square)).squareRoot()
  }

  /// Anscombe and Glynn's transformation of kurtosis to normality (Biometrika 70(1), 1983).
  private static func kurtosisScore(_ kurtosis: Double, _ n: Double) -> Double {
    let expected = 3 * (n - 1) / (n + 1)
    let variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5))
    let standardized = (kurtosis - expected) / variance.squareRoot()
    let skew =
      6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9))
      * (6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3))).squareRoot()
    let degrees = 6 + 8 / skew * (2 / skew + (1 + 4 / (skew * skew)).squareRoot())
    let scale = 1 + standardized * (2 / (degrees - 4)).squareRoot()
    let root = Double.root((1 - 2 / degrees) / scale.magnitude, 3)
    return (1 - 2 / (9 * degrees) - (scale < 0 ? -root : root)) / (2 / (9 * degrees)).squareRoot()
  }
}
