import RealModule
import Tensors
import Testing

@Suite struct NormalDistributionTests {
  /// Φ⁻¹ of the doubles nearest to these p, computed with 40 digits.
  private static let quantiles: [(p: Double, x: Double)] = [
    (1e-300, -37.047096299361199237), (1e-100, -21.273453560965324294), (1e-20, -9.2623400897984075796),
    (1e-10, -6.3613409024040561991), (1e-5, -4.2648907939228246102), (0.001, -3.0902323061678135354),
    (0.025, -1.9599639845400542118), (0.05, -1.644853626951472688), (0.075, -1.4395314709384559349),
    (0.1, -1.2815515655446004353), (0.25, -0.6744897501960817432), (0.4, -0.25334710313579974132),
    (0.6, 0.25334710313579974132), (0.9, 1.2815515655446005935), (0.925, 1.4395314709384562291),
    (0.975, 1.9599639845400538556), (0.999, 3.0902323061678132778),
  ]

  /// Φ at these x, computed with 60 digits.
  private static let probabilities: [(x: Double, p: Double)] = [
    (-37.5, 4.6053530095819548438e-308), (-20.0, 2.7536241186062336951e-89), (-8.0, 6.2209605742717841235e-16),
    (-3.0, 0.0013498980316300945267), (-1.5, 0.066807201268858066004), (-0.5, 0.30853753872598689636),
    (0.25, 0.59870632568292372424), (1.0, 0.84134474606854294859), (2.0, 0.9772498680518207928),
    (5.0, 0.99999971334842812081),
  ]

  @Test func quantilesAgreeWithManyDigits() {
    for (p, x) in Self.quantiles {
      let relative = abs(NormalDistribution.quantile(p) / x - 1)
      #expect(relative < 1e-15, "p = \(p): off by \(relative)")
    }
  }

  /// The argument of erfc is rounded, by at most 2⁻⁵³ of it, which in the tail changes the result by x² times that.
  @Test func probabilitiesAgreeWithManyDigits() {
    for (x, p) in Self.probabilities {
      let relative = abs(NormalDistribution.cumulative(x) / p - 1)
      #expect(relative < 3e-16 * (2 + x * x), "x = \(x): off by \(relative)")
    }
  }

  /// Φ(Φ⁻¹(p)) = p in all three regions of the approximation; an error e of Φ⁻¹ becomes about x² e.
  @Test func quantileAndProbabilityAreInverse() {
    var exponent = -300.0
    while exponent < -0.3 {
      let p = Double.exp10(exponent)
      let x = NormalDistribution.quantile(p)
      let relative = abs(NormalDistribution.cumulative(x) / p - 1)
      #expect(relative < (x * x < 20 ? 1e-14 : 1e-15 * x * x), "p = \(p): off by \(relative)")
      exponent += exponent < -20 ? 0.5 : 0.01
    }
  }

  @Test func quantilesAreSymmetricAndRising() {
    var last = -Double.infinity
    for step in 0...4096 {
      let p = Double(step) / 4096
      let x = NormalDistribution.quantile(p)
      #expect(x == -NormalDistribution.quantile(1 - p), "p = \(p)")
      #expect(x > last || step == 0)
      last = x
    }
    #expect(NormalDistribution.quantile(0.5) == 0)
  }

  @Test func theEndsAreInfiniteAndBeyondIsNothing() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(1.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
    #expect(NormalDistribution.cumulative(-.infinity) == 0)
    #expect(NormalDistribution.cumulative(.infinity) == 1)
  }
}
