import Tensors
import Testing

@testable import Networks

@Suite struct DenseTests {
  /// (1, 2) · [[1, 2, 3], [4, 5, 6]] + (10, 20, 30).
  @Test func forwardByHand() {
    let dense = Dense(
      weight: Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]), bias: Tensor(shape: [3], elements: [10, 20, 30]))
    #expect(dense.forward([Tensor(shape: [1, 2], elements: [1, 2])]).elements == [19, 32, 45])
    #expect(dense.weights == [dense.weight, dense.bias])
  }

  /// Over a batch the gradients of weights add up: (1, 2)ᵀ(1, 0) + (3, 4)ᵀ(0, 1), and (1, 1).
  @Test func gradientsByHand() {
    let dense = Dense(weight: Tensor(shape: [2, 2], elements: [1, 2, 3, 4]), bias: Tensor(shape: [2]))
    let input = Tensor(shape: [2, 2], elements: [1, 2, 3, 4])
    let signal = Tensor(shape: [2, 2], elements: [1, 0, 0, 1])
    #expect(dense.gradients(signal, inputs: [input]).map(\.elements) == [[1, 3, 2, 4], [1, 1]])
    let back = dense.backward(signal, toInput: 0, inputs: [input], output: dense.forward([input]))
    #expect(back.elements == [1, 3, 2, 4])
  }

  /// 2 / (400 + 100) within five standard errors: of 40,000 squares of normal numbers √(2 / 40,000) = 0.7 % of the
  /// mean.
  @Test func randomWeightsHaveTheRightVariance() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let dense = Dense(inputs: 400, outputs: 100, using: &generator)
    let squares = dense.weight.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect((squares / 40_000 / (2.0 / 500) - 1).magnitude < 0.035)
    #expect(dense.bias == Tensor(shape: [100]))
  }

  @Test func noInputsLeaveTheBias() {
    let dense = Dense(weight: Tensor(shape: [0, 2]), bias: Tensor(shape: [2], elements: [1, -1]))
    #expect(dense.forward([Tensor(shape: [3, 0])]).elements == [1, -1, 1, -1, 1, -1])
  }
}
