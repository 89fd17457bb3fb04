import Foundation
import Tensors
import Testing

/// What SciPy says of the distributions, in ols.json.
private struct Tails: Decodable {
  let student: [[Double]]
  let fisher: [[Double]]
  let quantiles: [[Double]]

  static func read() throws -> Tails {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      Tails.self, from: Data(contentsOf: root.appending(path: "References/ols.json")))
  }
}

private func isClose(_ value: Double, _ expected: Double, _ tolerance: Double) -> Bool {
  (value - expected).magnitude <= tolerance * expected.magnitude
}

@Suite struct IncompleteBetaTests {
  /// I_x(a, 1) = xᵃ, I_x(1, b) = 1 − (1 − x)ᵇ.
  @Test func powersAreExact() {
    for x in [1e-12, 0.01, 0.3, 0.5, 0.99] {
      for shape in [0.5, 1, 2.5, 40, 3000] {
        let power = IncompleteBeta.regularized(x, complement: 1 - x, shape, 1)
        #expect(isClose(power, pow(x, shape), 1e-12 * max(1, shape)), "x \(x), shape \(shape): \(power)")
        let rest = IncompleteBeta.regularized(x, complement: 1 - x, 1, shape)
        #expect(isClose(rest, -expm1(shape * log1p(-x)), 1e-12), "x \(x), shape \(shape): \(rest)")
      }
    }
  }

  @Test func bothTailsMakeOne() {
    for (a, b) in [(0.5, 0.5), (3, 7), (200, 0.5), (5e4, 15)] {
      for x in [0.001, 0.2, 0.6, 0.999] {
        let sum =
          IncompleteBeta.regularized(x, complement: 1 - x, a, b)
          + IncompleteBeta.regularized(1 - x, complement: x, b, a)
        #expect((sum - 1).magnitude < 1e-12, "a \(a), b \(b), x \(x)")
      }
    }
  }

  @Test func endsAndNonsense() {
    #expect(IncompleteBeta.regularized(0, complement: 1, 2, 3) == 0)
    #expect(IncompleteBeta.regularized(1, complement: 0, 2, 3) == 1)
    #expect(IncompleteBeta.regularized(.nan, complement: .nan, 2, 3).isNaN)
    #expect(IncompleteBeta.regularized(0.5, complement: 0.5, 0, 3).isNaN)
  }
}

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
