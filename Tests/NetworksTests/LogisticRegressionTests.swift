import Foundation
import Tensors
import Testing

@testable import Networks

@Suite struct LogisticRegressionTests {
  /// At the minimum the gradient is 0: Σ (p − t) = 0 for each intercept, and λW = Xᵀ(t − p).
  @Test(arguments: [1, 2, 3, 5])
  func theGradientVanishes(classes: Int) {
    let count = 1100
    let width = 4
    let penalty = 0.7
    var generator = SeededGenerator(seed: UInt64(classes), purpose: .test)
    let rows = (0..<count * width).map { _ in NormalDistribution.quantile(generator.uniform()) }
    let codes = (0..<count).map { row in
      min(classes - 1, max(0, Int(Double(classes) * generator.uniform() + 0.5 * rows[row * width])))
    }
    let regression = LogisticRegression(
      penalty: penalty,
      blocks: Workers.ranges(count, size: LogisticRegression.blockSize).map {
        Array(rows[$0.lowerBound * width..<$0.upperBound * width])
      }, width: width, codes: codes, classCount: classes, workers: Workers(count: 2))
    let fitted = regression.fit()
    #expect(fitted.converged)
    var ofIntercepts = [Double](repeating: 0, count: classes)
    var ofWeights = Matrix(rows: width, columns: classes)
    for row in 0..<count {
      let logits = (0..<classes).map { output in
        fitted.intercepts[output]
          + (0..<width).reduce(0) { $0 + rows[row * width + $1] * fitted.weights[$1, output] }
      }
      let sum = logits.reduce(0) { $0 + exp($1) }
      for output in 0..<classes {
        let error = exp(logits[output]) / sum - (codes[row] == output ? 1 : 0)
        ofIntercepts[output] += error
        for input in 0..<width { ofWeights[input, output] += rows[row * width + input] * error }
      }
    }
    // The search ends below 1e-10 · rows. Of two classes the first has no weights, and its gradient is minus the
    // other's.
    for output in (classes == 2 ? 1 : 0)..<classes {
      #expect(ofIntercepts[output].magnitude < 2e-7)
      for input in 0..<width {
        #expect((ofWeights[input, output] + penalty * fitted.weights[input, output]).magnitude < 2e-7)
      }
    }
    if classes == 2 { #expect(fitted.intercepts[0] == 0 && fitted.weights[0, 0] == 0) }
  }

  /// Without inputs the probabilities are the shares: of 1 against 3 rows the logit is ln 3.
  @Test func withoutInputsTheLogitIsTheShares() {
    let regression = LogisticRegression(
      penalty: 1, blocks: [[]], width: 0, codes: [0, 1, 1, 1], classCount: 2, workers: .one)
    let fitted = regression.fit()
    #expect(fitted.converged && fitted.weights.elements.isEmpty)
    #expect((fitted.intercepts[1] - log(3)).magnitude < 1e-9)
  }
}
