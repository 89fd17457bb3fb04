import Tensors
import Testing

@Suite struct FisherDistributionTests {
  @Test func agreesWithSciPy() throws {
    for row in try Tails.read().fisher where row[3] > 1e-290 {
      let p = FisherDistribution.upperTail(row[0], row[1], row[2])
      #expect(isClose(p, row[3], 2e-11), "f \(row[0]), \(row[1]) and \(row[2]): \(p), not \(row[3])")
    }
  }

  /// F with one numerator degree of freedom is t².
  @Test func oneNumeratorDegreeIsTSquared() {
    for t in [0.1, 1, 4.5] {
      let f = FisherDistribution.upperTail(t * t, 1, 17)
      #expect(isClose(f, StudentDistribution.twoSided(t, degreesOfFreedom: 17), 1e-13))
    }
    #expect(FisherDistribution.upperTail(0, 2, 3) == 1 && FisherDistribution.upperTail(.infinity, 2, 3) == 0)
  }
}
