import Testing

@testable import Networks

@Suite struct LimitedMemoryBFGSTests {
  /// ½(x − 1)² + 50(y + 2)² + 5000(z − 3)².
  @Test func findsTheMinimumOfABadlyScaledBowl() {
    let minimum = LimitedMemoryBFGS(tolerance: 1e-10).minimize(from: [0, 0, 0]) { point in
      let (x, y, z) = (point[0] - 1, point[1] + 2, point[2] - 3)
      return (0.5 * x * x + 50 * y * y + 5000 * z * z, [x, 100 * y, 10_000 * z])
    }
    #expect(minimum.converged)
    #expect(zip(minimum.point, [1, -2, 3]).allSatisfy { ($0 - $1).magnitude < 1e-10 })
  }

  /// (1 − x)² + 100(y − x²)², whose valley is bent (Rosenbrock, The Computer Journal 3, 1960).
  @Test func followsABentValley() {
    let minimum = LimitedMemoryBFGS(tolerance: 1e-9).minimize(from: [-1.2, 1]) { point in
      let (x, y) = (point[0], point[1])
      let bend = y - x * x
      return ((1 - x) * (1 - x) + 100 * bend * bend, [-2 * (1 - x) - 400 * x * bend, 200 * bend])
    }
    #expect(minimum.converged)
    #expect(minimum.point.allSatisfy { ($0 - 1).magnitude < 1e-8 })
  }

  @Test func startsMayBeMinima() {
    let search = LimitedMemoryBFGS(tolerance: 1e-9)
    #expect(search.minimize(from: [2]) { _ in (5, [0]) } == LimitedMemoryBFGS.Minimum(point: [2], converged: true))
  }

  @Test func saysWhereItDidNotArrive() {
    let search = LimitedMemoryBFGS(tolerance: 1e-9, maximumSteps: 2)
    #expect(!search.minimize(from: [0]) { (-$0[0], [-1]) }.converged)
    #expect(!search.minimize(from: [0]) { _ in (.nan, [1]) }.converged)
  }
}
