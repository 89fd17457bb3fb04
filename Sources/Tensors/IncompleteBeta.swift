import RealModule

/// The regularized incomplete beta function, the common root of Student's and Fisher's distributions.
public enum IncompleteBeta {
  /// I_x(a, b) = ∫₀ˣ tᵃ⁻¹(1 − t)ᵇ⁻¹ dt / B(a, b), the chance that a Beta(a, b) value is at most x.
  ///
  /// Both x and 1 − x are asked for, so that neither loses digits where it is small. The continued fraction of
  /// Abramowitz and Stegun 26.5.8, by Lentz's method, on the side of the mean where it converges fast; its factor xᵃ(1
  /// − x)ᵇ / B(a, b) by deviances from the mean (Loader, *Fast and Accurate Computation of Binomial Probabilities*,
  /// 2000), which keeps the digits that differences of logarithms of gamma functions lose for large a and b. Relative
  /// error about 1e-13, in the tails too.
  /// - Parameters:
  ///   - x: the bound, in 0...1.
  ///   - complement: 1 − x.
  ///   - a: the first shape, above 0.
  ///   - b: the second shape, above 0.
  /// - Returns: the chance; NaN where an argument is NaN or outside its range.
  /// - Complexity: O(√max(a, b)) at worst
  public static func regularized(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, x >= 0, complement >= 0 else { return .nan }
    if x == 0 { return 0 }
    if complement == 0 { return 1 }
    if x <= (a + 1) / (a + b + 2) { return factor(x, complement, a, b) * fraction(x, a, b) / a }
    return 1 - factor(complement, x, b, a) * fraction(complement, b, a) / b
  }

  /// xᵃ(1 − x)ᵇ / B(a, b).
  private static func factor(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
    let sum = a + b
    let exponent =
      stirlingError(sum) - stirlingError(a) - stirlingError(b) - deviance(a, sum * x) - deviance(b, sum * complement)
    return (a / sum * b / (2 * Double.pi)).squareRoot() * Double.exp(exponent)
  }

  /// ln Γ(z + 1) less Stirling's approximation of it, ln(√(2πz) (z/e)ᶻ).
  private static func stirlingError(_ z: Double) -> Double {
    if z < 16 { return Double.logGamma(z + 1) - (z + 0.5) * Double.log(z) + z - 0.918_938_533_204_672_741_8 }
    let square = z * z
    return
      (1.0 / 12
      - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188) / square) / square) / square) / square) / z
  }

  /// k ln(k / m) + m − k without cancellation where k is near m.
  private static func deviance(_ k: Double, _ m: Double) -> Double {
    let difference = k - m
    guard difference.magnitude < 0.1 * (k + m) else { return k * Double.log(k / m) - difference }
    let ratio = difference / (k + m)
    var sum = difference * ratio
    var term = 2 * k * ratio
    for odd in 1...1000 {
      term *= ratio * ratio
      let next = sum + term / Double(2 * odd + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// The continued fraction, by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var numerator = 1.0
    var denominator = 1 - (a + b) * x / (a + 1)
    if denominator.magnitude < tiny { denominator = tiny }
    denominator = 1 / denominator
    var result = denominator
    let limit = 1000 + Int(min(1e6, 20 * max(a, b).squareRoot()))
    for step in 1...limit {
      let m = Double(step)
      for coefficient in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        denominator = 1 + coefficient * denominator
        if denominator.magnitude < tiny { denominator = tiny }
        numerator = 1 + coefficient / numerator
        if numerator.magnitude < tiny { numerator = tiny }
        denominator = 1 / denominator
        result *= denominator * numerator
      }
      if (denominator * numerator - 1).magnitude < 1e-16 { break }
    }
    return result
  }
}
