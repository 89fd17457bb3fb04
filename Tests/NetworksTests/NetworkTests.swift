import Tensors
import Testing

@testable import Networks

@Suite struct NetworkTests {
  /// x = (1, 2); W = [[1, −1], [0.5, 1]], b = (0, −2): (2, −1) → relu (2, 0) → W = (3, 4), b = 1: 7.
  private static let tiny = Network(chain: [
    Dense(
      weight: Tensor(shape: [2, 2], elements: [1, -1, 0.5, 1]), bias: Tensor(shape: [2], elements: [0, -2])),
    Activation.relu,
    Dense(weight: Tensor(shape: [2, 1], elements: [3, 4]), bias: Tensor(shape: [1], elements: [1])),
  ])

  @Test func runsForwardByHand() {
    let trace = Self.tiny.forward(Tensor(shape: [1, 2], elements: [1, 2]))
    #expect(trace.outputs.map(\.elements) == [[1, 2], [2, -1], [2, 0], [7]])
    #expect(trace.output.shape == [1, 1])
  }

  @Test func everyExampleOfABatchIsByItself() {
    let trace = Self.tiny.forward(Tensor(shape: [2, 2], elements: [1, 2, 0, 4]))
    // (0, 4): (2, 2) → 3 · 2 + 4 · 2 + 1.
    #expect(trace.output.elements == [7, 15])
  }

  @Test func aNetworkIsAValue() {
    var copy = Self.tiny
    copy.nodes[1].layer.updateWeights { _, weights in weights.elements[0] = 100 }
    #expect(copy.nodes[1].layer.weights[0].elements[0] == 100)
    #expect(Self.tiny.nodes[1].layer.weights[0].elements[0] == 1)
  }

  @Test func theSameGeneratorGivesTheSameWeights() {
    func weights(_ seed: UInt64) -> [[Tensor]] {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      return Network(widths: [3, 5, 2], activation: .tanh, using: &generator).nodes.map { $0.layer.weights }
    }
    #expect(weights(1) == weights(1))
    #expect(weights(1) != weights(2))
    #expect(weights(1).map { $0.map(\.shape) } == [[], [[3, 5], [5]], [], [[5, 2], [2]]])
  }

  @Test func forwardAgreesWithLoops() {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let network = RandomNetworks.network(inputs: 4, outputs: 3, using: &generator)
      let input = RandomNetworks.tensor([5, 4], using: &generator)
      let output = network.forward(input).output
      for example in 0..<5 {
        let expected = LiteralNetwork(network: network)
          .forward(input.elements[example * 4..<(example + 1) * 4].map { Double($0) })
        for (index, value) in (expected.last ?? []).enumerated() {
          // Float's 6e-8 through three products of at most 6 terms.
          let error = (Double(output.elements[example * 3 + index]) - value).magnitude
          #expect(error < 1e-5 * max(1, value.magnitude), "seed \(seed)")
        }
      }
    }
  }
}
