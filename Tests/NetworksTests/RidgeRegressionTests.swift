import Tensors
import Testing

@testable import Networks

@Suite struct RidgeRegressionTests {
  @Test func bothFormsOfRidgeAgree() throws {
    for seed in 0..<10 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let width = 1 + Int(UInt32.random(in: 0..<8, using: &generator))
      let rows = (0..<6 * width).map { _ in generator.uniform() }
      let values = (0..<6).map { _ in generator.uniform() }
      // Inputs that are 0 in every row change nothing but the form.
      let padded = (0..<6).flatMap { rows[$0 * width..<($0 + 1) * width] + [Double](repeating: 0, count: 9) }
      let narrow = try RidgeRegression(penalty: 0.5).fit(rows, width: width, values: values)
      let wide = try RidgeRegression(penalty: 0.5).fit(padded, width: width + 9, values: values)
      #expect((narrow.intercept - wide.intercept).magnitude < 1e-12, "seed \(seed)")
      for index in 0..<width {
        #expect((narrow.weights[index] - wide.weights[index]).magnitude < 1e-12, "seed \(seed)")
      }
    }
  }

  /// x = (−1, 0, 1), y = (−2, 0, 2): 4 / (2 + 2); the second input is worth nothing, the intercept carries the shift.
  @Test func byHand() throws {
    let fitted = try RidgeRegression(penalty: 2).fit([-1, 3, 0, 3, 1, 3], width: 2, values: [8, 10, 12])
    #expect((fitted.weights[0] - 1).magnitude < 1e-15 && fitted.weights[1] == 0)
    #expect((fitted.intercept - 10).magnitude < 1e-14)
  }

  @Test func withoutInputsTheInterceptIsTheMean() throws {
    let fitted = try RidgeRegression(penalty: 1).fit([], width: 0, values: [1, 2, 6])
    #expect(fitted.weights.isEmpty && fitted.intercept == 3)
  }

  @Test func aPenaltyThatRoundingSwallowsIsAnError() {
    #expect(throws: FitError.notPositiveDefinite(order: 2)) {
      try RidgeRegression(penalty: 1e-300).fit([-1, -1, -1, -1, 1, 1, 1, 1], width: 2, values: [1, 2, 3, 4])
    }
  }
}
