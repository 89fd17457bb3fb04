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

  /// Convolutions with a rectifier behind, one whose output two nodes take, a sum, and a softmax.
  private static func pictures(using generator: inout SeededGenerator) -> Network {
    func convolution(_ inputs: Int, _ outputs: Int) -> Convolution {
      Convolution(
        inputs: inputs, outputs: outputs, window: Window(size: [3, 3], padding: [1, 1, 1, 1]), using: &generator)
    }
    return Network([
      Network.Node(Input(), inputs: []), Network.Node(convolution(2, 4), inputs: [0]),
      Network.Node(Activation.relu, inputs: [1]), Network.Node(convolution(4, 4), inputs: [2]),
      Network.Node(Activation.relu, inputs: [3]), Network.Node(Addition(), inputs: [3, 4]),
      Network.Node(MaxPool(Window(size: [2, 2], step: [2, 2])), inputs: [5]),
      Network.Node(Reshape.flatten, inputs: [6]),
      Network.Node(FullyConnected(inputs: 36, outputs: 3, using: &generator), inputs: [7]),
      Network.Node(Softmax(), inputs: [8]),
    ])
  }

  @Test func whatIsKeptDoesNotChangeTheDigits() {
    var generator = SeededGenerator(seed: 9, purpose: .test)
    let network = Self.pictures(using: &generator)
    let input = RandomNetworks.tensor([3, 2, 6, 6], using: &generator)
    let whole = network.forward(input)
    let alone = network.forward(input, workers: Workers(count: 2), keeping: .output)
    #expect(alone.output == whole.output)
    #expect(alone.outputs.dropLast().allSatisfy { $0.elements.isEmpty })
    let seed = RandomNetworks.tensor([3, 3], using: &generator)
    for node in 0..<9 {
      let back = network.forward(input, workers: Workers(count: 3), keeping: .wayBack(to: node))
      #expect(
        network.backward(seed: seed, from: back, downTo: node, workers: Workers(count: 2))
          == network.backward(seed: seed, from: whole, downTo: node), "node \(node)")
    }
    let back = network.forward(input, keeping: .wayBack(to: 5))
    #expect(back.outputs[4].elements.isEmpty && back.outputs[5] == whole.outputs[5])
  }

  @Test func aSignalMayStartAtAnyNode() {
    var generator = SeededGenerator(seed: 10, purpose: .test)
    let network = Self.pictures(using: &generator)
    let trace = network.forward(RandomNetworks.tensor([1, 2, 6, 6], using: &generator))
    let seed = RandomNetworks.tensor([1, 3], using: &generator)
    let middle = network.backward(seed: seed, from: trace, downTo: 6)
    #expect(network.backward(seed: middle, from: trace, startingAt: 6) == network.backward(seed: seed, from: trace))
  }

  @Test func shapesAreKnownBeforeARun() throws {
    var generator = SeededGenerator(seed: 11, purpose: .test)
    let network = Self.pictures(using: &generator)
    let trace = network.forward(Tensor(shape: [2, 2, 6, 6]))
    #expect(try network.outputShapes(for: [2, 2, 6, 6]) == trace.outputs.map(\.shape))
    #expect(throws: ShapeError(node: "8", layer: "FullyConnected", inputs: [[1, 64]])) {
      try network.outputShapes(for: [1, 2, 8, 8])
    }
    #expect(throws: ShapeError.self) { try network.outputShapes(for: [1, 3, 6, 6]) }
    #expect(
      "\(ShapeError(node: "fc", layer: "FullyConnected", inputs: [[1, 64]]))"
        == "the network's layer \"fc\" (FullyConnected) cannot take 1 x 64")
  }
}
