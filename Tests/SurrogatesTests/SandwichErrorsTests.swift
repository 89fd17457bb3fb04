import Tensors
import Testing

@testable import Surrogates

@Suite struct SandwichErrorsTests {
  /// z = −1, 0, 1 and y = 0, 3, 0: the slope is 0 and the intercept 1, the residuals are −1, 2, −1, and A = 2 + α. The
  /// influences are (1, 0, −1) / A, the sum of their squares is 2 / A², and n / (n − d − 1) = 3.
  @Test("One feature by hand", arguments: [0.0, 2])
  func oneFeature(penalty: Double) {
    let features = Matrix(rows: 3, columns: 1, elements: [-1, 0, 1])
    let answers = Matrix(rows: 3, columns: 1, elements: [0, 3, 0])
    let moments = WeightedMoments(features: features, outputs: answers, weights: [1, 1, 1])
    let fit = RidgeFit(moments, output: 0, features: [0], penalty: penalty)
    var sandwich = SandwichErrors(fit, moments, penalty: penalty)
    sandwich.add(features, answers, output: 0)
    let wanted = (6 / ((2 + penalty) * (2 + penalty))).squareRoot()
    #expect(sandwich.errors.count == 1 && abs(sandwich.errors[0] - wanted) < 1e-15)
  }

  @Test("Blocks are as good as one, and weights of 1 as good as none")
  func blocks() {
    var generator = SeededGenerator(seed: 4, purpose: .test)
    let features = Matrix(rows: 20, columns: 3, elements: (0..<60).map { _ in generator.uniform() })
    let answers = Matrix(rows: 20, columns: 2, elements: (0..<40).map { _ in generator.uniform() })
    let weights = [Double](repeating: 1, count: 20)
    let moments = WeightedMoments(features: features, outputs: answers, weights: weights)
    let fit = RidgeFit(moments, output: 1, features: [2, 0], penalty: 1)
    var whole = SandwichErrors(fit, moments, penalty: 1)
    whole.add(features, answers, output: 1, weights: weights)
    var parts = SandwichErrors(fit, moments, penalty: 1)
    for rows in [Array(0..<7), Array(7..<20)] {
      parts.add(features.selectingRows(rows), answers.selectingRows(rows), output: 1)
    }
    #expect(whole.errors == parts.errors && whole.errors.allSatisfy { $0 > 0 })
  }
}
