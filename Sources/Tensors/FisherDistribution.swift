/// Fisher's F distribution.
public enum FisherDistribution {
  /// P(F > f) for the degrees of freedom of the numerator d₁ and of the denominator d₂, both above 0:
  /// I_{d₂/(d₂+d₁f)}(d₂/2, d₁/2), with full relative precision in the tail; 1 where f is not above 0, NaN where it is
  /// NaN.
  public static func upperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    if f.isNaN { return .nan }
    if f <= 0 { return 1 }
    let product = numerator * f
    if product.isInfinite { return 0 }
    let sum = denominator + product
    return IncompleteBeta.regularized(denominator / sum, complement: product / sum, denominator / 2, numerator / 2)
  }
}
