import Foundation
import Tensors
import Testing

@testable import Networks

@Suite struct LossTests {
  /// Equal logits of four classes: ln 4, and (1/4, …) minus the target.
  @Test func crossEntropyByHand() {
    let (sum, gradient) = Loss.crossEntropy.evaluate(
      Tensor(shape: [2, 4], elements: [3, 3, 3, 3, 0, 0, 0, 0]),
      targets: Tensor(shape: [2, 4], elements: [0, 1, 0, 0, 1, 0, 0, 0]), factor: 2)
    #expect((sum - 2 * log(4)).magnitude < 1e-6)
    #expect(gradient.elements == [0.5, -1.5, 0.5, 0.5, -1.5, 0.5, 0.5, 0.5])
  }

  /// ½(2² + 1²), and the differences.
  @Test func squaredErrorByHand() {
    let (sum, gradient) = Loss.squaredError.evaluate(
      Tensor(shape: [2, 1], elements: [3, 4]), targets: Tensor(shape: [2, 1], elements: [1, 5]))
    #expect(sum == 2.5 && gradient.elements == [2, -1])
  }

  @Test func largeLogitsDoNotOverflow() {
    let (sum, gradient) = Loss.crossEntropy.evaluate(
      Tensor(shape: [1, 2], elements: [1e30, -1e30]), targets: Tensor(shape: [1, 2], elements: [1, 0]))
    #expect(sum == 0 && gradient.elements == [0, 0])
  }

  @Test(arguments: [Loss.crossEntropy, .squaredError])
  func gradientsAreCentralDifferences(loss: Loss) {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let outputs = RandomNetworks.tensor([3, 4], using: &generator)
      let shares = RandomNetworks.tensor([3, 4], using: &generator).map { abs($0) }
      let targets = Tensor(
        shape: [3, 4],
        elements: shares.elements.indices.map { index in
          shares.elements[index] / shares.elements[index / 4 * 4..<(index / 4 + 1) * 4].reduce(0, +)
        })
      let gradient = loss.evaluate(outputs, targets: targets).gradient
      for place in 0..<12 {
        var (above, below) = (outputs, outputs)
        above.elements[place] += 0.01
        below.elements[place] -= 0.01
        let change = Double(above.elements[place]) - Double(below.elements[place])
        let difference =
          (loss.evaluate(above, targets: targets).sum - loss.evaluate(below, targets: targets).sum) / change
        // h² = 1e-4 times a sixth of a third derivative of at most 0.1, and Float's rounding over the step.
        #expect((Double(gradient.elements[place]) - difference).magnitude < 1e-4, "seed \(seed)")
      }
    }
  }
}
