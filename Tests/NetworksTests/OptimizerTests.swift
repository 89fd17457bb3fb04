import Tensors
import Testing

@testable import Networks

@Suite struct OptimizerTests {
  private func network(_ weight: Float, _ bias: Float) -> Network {
    Network(chain: [
      Dense(weight: Tensor(shape: [1, 1], elements: [weight]), bias: Tensor(shape: [1], elements: [bias]))
    ])
  }

  private func gradient(_ weight: Float, _ bias: Float) -> [[Tensor]] {
    [[], [Tensor(shape: [1, 1], elements: [weight]), Tensor(shape: [1], elements: [bias])]]
  }

  private func values(_ network: Network) -> [Float] { network.nodes[1].layer.weights.flatMap(\.elements) }

  /// Adam's first step is the learning rate, whatever the gradient's size; its sign decides.
  @Test func adamsFirstStepByHand() {
    var network = network(1, 2)
    var state = OptimizerState(.adam, rate: 0.125, for: network)
    state.update(&network, gradients: gradient(1000, -0.001), decay: 0)
    #expect((values(network)[0] - 0.875).magnitude < 1e-6 && (values(network)[1] - 2.125).magnitude < 2e-6)
  }

  /// m = 4, w = 1 − 0.5 · 4 = −1; then m = 0.5 · 4 + 2, w = −1 − 0.5 · 4 = −3. The bias, without a gradient, stays.
  @Test func momentumByHand() {
    var network = network(1, 2)
    var state = OptimizerState(.descent(momentum: 0.5), rate: 0.5, for: network)
    state.update(&network, gradients: gradient(4, 0), decay: 0)
    #expect(values(network) == [-1, 2])
    state.update(&network, gradients: gradient(2, 0), decay: 0)
    #expect(values(network) == [-3, 2])
  }

  /// The decay adds 0.25 · 8 to the weight's gradient and nothing to the bias's.
  @Test func biasesDoNotDecay() {
    var network = network(8, 8)
    var state = OptimizerState(.descent(momentum: 0), rate: 1, for: network)
    state.update(&network, gradients: gradient(0, 0), decay: 0.25)
    #expect(values(network) == [6, 8])
  }

  /// The paper's algorithm, literally, in Double.
  @Test func adamAgreesWithItsPaper() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    var network = Network(widths: [3, 4, 2], activation: .tanh, using: &generator)
    var state = OptimizerState(.adam, rate: 0.01, for: network)
    let decay = 0.1
    var weights = network.nodes.flatMap { $0.layer.weights.flatMap { $0.elements.map { Double($0) } } }
    let decays = network.nodes.flatMap { node in
      node.layer.weights.flatMap { weights in weights.elements.map { _ in weights.shape.count > 1 ? decay : 0 } }
    }
    var (m, v) = (weights.map { _ in 0.0 }, weights.map { _ in 0.0 })
    var (b1, b2) = (1.0, 1.0)
    for _ in 1...50 {
      let gradients = network.nodes.map { node in
        node.layer.weights.map { RandomNetworks.tensor($0.shape, using: &generator) }
      }
      state.update(&network, gradients: gradients, decay: Float(decay))
      let all = gradients.flatMap { $0.flatMap { $0.elements.map { Double($0) } } }
      (b1, b2) = (0.9 * b1, 0.999 * b2)
      for index in weights.indices {
        let g = all[index] + decays[index] * weights[index]
        m[index] = 0.9 * m[index] + 0.1 * g
        v[index] = 0.999 * v[index] + 0.001 * g * g
        weights[index] -= 0.01 * (m[index] / (1 - b1)) / ((v[index] / (1 - b2)).squareRoot() + 1e-8)
      }
      let ours = network.nodes.flatMap { $0.layer.weights.flatMap(\.elements) }
      // 50 steps of 0.01, each rounded to Float's 6e-8.
      #expect(zip(ours, weights).allSatisfy { (Double($0) - $1).magnitude < 2e-6 })
    }
  }
}
