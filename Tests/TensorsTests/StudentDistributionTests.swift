import Tensors
import Testing

@Suite struct StudentDistributionTests {
  @Test func agreesWithSciPy() throws {
    let tails = try Tails.read()
    for row in tails.student {
      let p = StudentDistribution.twoSided(row[0], degreesOfFreedom: row[1])
      #expect(isClose(p, row[2], 2e-11), "t \(row[0]), degrees \(row[1]): \(p), not \(row[2])")
    }
    for row in tails.quantiles {
      let t = StudentDistribution.twoSidedQuantile(row[0], degreesOfFreedom: row[1])
      #expect(isClose(t, row[2], 1e-11), "p \(row[0]), degrees \(row[1]): \(t), not \(row[2])")
    }
  }

  /// With one degree of freedom it is Cauchy's: P(|T| > 1) = 1/2.
  @Test func byHand() {
    #expect((StudentDistribution.twoSided(1, degreesOfFreedom: 1) - 0.5).magnitude < 1e-15)
    // 1 − 2/π · 10⁻⁸: what is missing from 1 is right, too.
    #expect((StudentDistribution.twoSided(1e-8, degreesOfFreedom: 1) - (1 - 2e-8 / Double.pi)).magnitude < 1e-15)
    #expect(StudentDistribution.twoSided(0, degreesOfFreedom: 5) == 1)
    #expect(StudentDistribution.twoSided(-.infinity, degreesOfFreedom: 5) == 0)
    #expect(StudentDistribution.twoSided(1e200, degreesOfFreedom: 5) == 0)
    #expect(StudentDistribution.twoSided(.nan, degreesOfFreedom: 5).isNaN)
    #expect(StudentDistribution.twoSidedQuantile(0, degreesOfFreedom: 5).isNaN)
  }
}
