import RealModule

/// Student's t distribution.
public enum StudentDistribution {
  /// P(|T| > |t|) for `degreesOfFreedom` ν > 0: I_{ν/(ν+t²)}(ν/2, 1/2), with full relative precision in the tails; NaN
  /// where t is NaN, 0 where it is infinite.
  public static func twoSided(_ t: Double, degreesOfFreedom: Double) -> Double {
    if t.isInfinite { return 0 }
    let square = t * t
    if square.isInfinite { return 0 }
    let sum = degreesOfFreedom + square
    return IncompleteBeta.regularized(
      degreesOfFreedom / sum, complement: square / sum, degreesOfFreedom / 2, 0.5)
  }

  /// The t with P(|T| > t) = `probability`, above 0 and at most 1: the half width of an interval of confidence
  /// 1 − `probability` in standard errors.
  ///
  /// Bisection, to the last digit, on a bracket that is doubled until it holds the answer; relative error about
  /// 1e-13.
  public static func twoSidedQuantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    guard probability > 0, probability <= 1, degreesOfFreedom > 0 else { return .nan }
    if probability == 1 { return 0 }
    var low = 0.0
    var high = 1.0
    while twoSided(high, degreesOfFreedom: degreesOfFreedom) > probability, high < 1e300 {
      low = high
      high *= 2
    }
    var middle = (low + high) / 2
    while middle > low && middle < high {
      if twoSided(middle, degreesOfFreedom: degreesOfFreedom) > probability { low = middle } else { high = middle }
      middle = (low + high) / 2
    }
    return middle
  }
}
