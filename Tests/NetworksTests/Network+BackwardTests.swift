import Tensors
import Testing

@testable import Networks

@Suite struct NetworkBackwardTests {
  /// The network of `NetworkTests`: with the signal 1 at the output, (3, 4) reaches the rectifier, of which (3, 0)
  /// passes, and W takes it to (3 · 1 + 0, 3 · 0.5 + 0).
  private let tiny = Network(chain: [
    Dense(
      weight: Tensor(shape: [2, 2], elements: [1, -1, 0.5, 1]), bias: Tensor(shape: [2], elements: [0, -2])),
    Activation.relu,
    Dense(weight: Tensor(shape: [2, 1], elements: [3, 4]), bias: Tensor(shape: [1], elements: [1])),
  ])
  private let input = Tensor(shape: [1, 2], elements: [1, 2])
  private let seed = Tensor(shape: [1, 1], elements: [1])

  @Test func runsBackwardByHand() {
    let trace = tiny.forward(input)
    #expect(tiny.backward(seed: seed, from: trace).elements == [3, 1.5])
    #expect(tiny.backward(seed: seed, from: trace, downTo: 1).elements == [3, 0])
    #expect(tiny.backward(seed: seed, from: trace, downTo: 2).elements == [3, 4])
    #expect(tiny.backward(seed: seed, from: trace, downTo: 3).elements == [1])
  }

  @Test func gradientsOfWeightsByHand() {
    let gradients = tiny.gradients(seed: seed, from: tiny.forward(input))
    #expect(gradients.map { $0.map(\.elements) } == [[], [[3, 0, 6, 0], [3, 0]], [], [[2, 0], [1]]])
  }

  /// A rule that lets every signal pass the rectifier.
  private struct Straight: BackwardRule {
    func propagate(_ signal: Tensor, through passage: Passage) -> Tensor {
      passage.layer is Activation ? signal : passage.gradient(signal)
    }
  }

  @Test func aRuleChangesTheWayBackAlone() {
    let trace = tiny.forward(input)
    // (3, 4) passes whole: (3 · 1 − 4 · 1, 3 · 0.5 + 4 · 1).
    #expect(tiny.backward(seed: seed, from: trace, using: Straight()).elements == [-1, 5.5])
    #expect(tiny.backward(seed: seed, from: trace).elements == [3, 1.5])
  }

  /// A rule that does not know rectifiers.
  private struct Refusing: BackwardRule {
    struct Refusal: Error, Equatable { let layer: String }

    func propagate(_ signal: Tensor, through passage: Passage) throws(Refusal) -> Tensor {
      if passage.layer is Activation { throw Refusal(layer: passage.name) }
      return passage.gradient(signal)
    }
  }

  @Test func whatARuleDoesNotKnowEndsTheWay() throws {
    let trace = tiny.forward(input)
    #expect(throws: Refusing.Refusal(layer: "2")) { try tiny.backward(seed: seed, from: trace, using: Refusing()) }
    #expect(try tiny.backward(seed: seed, from: trace, using: Refusing(), downTo: 2).elements == [3, 4])
  }

  @Test func aNodeWithoutAWayToTheOutputGetsZero() {
    let network = Network([
      Network.Node(Input(), inputs: []), Network.Node(Activation.tanh, inputs: [0]),
      Network.Node(Activation.relu, inputs: [0]),
    ])
    let seed = Tensor(shape: [1, 2], elements: [1, 1])
    let trace = network.forward(input)
    #expect(network.backward(seed: seed, from: trace, downTo: 1) == Tensor(shape: [1, 2]))
    #expect(network.backward(seed: seed, from: trace, downTo: 0).elements == [1, 1])
  }

  /// The twin's gradient against central differences of the twin, and ours against the twin's: ours in Float differs by
  /// its rounding alone.
  @Test func gradientsAreCentralDifferences() {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let network = RandomNetworks.network(inputs: 4, outputs: 3, using: &generator)
      let twin = LiteralNetwork(network: network)
      let input = RandomNetworks.tensor([1, 4], using: &generator)
      let seedSignal = RandomNetworks.tensor([1, 3], using: &generator)
      let wanted = seedSignal.elements.map { Double($0) }
      let x = input.elements.map { Double($0) }
      func value(_ network: Network, _ x: [Double]) -> Double {
        zip(LiteralNetwork(network: network).forward(x).last ?? [], wanted).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let literal = twin.backward(wanted, twin.forward(x))
      let trace = network.forward(input)
      let step = 1e-6
      for place in 0..<4 {
        var (above, below) = (x, x)
        above[place] += step
        below[place] -= step
        let difference = (value(network, above) - value(network, below)) / (2 * step)
        // The third derivative times h², and 1e-16 / h of rounding.
        #expect((literal[0][place] - difference).magnitude < 1e-7 * max(1, difference.magnitude), "seed \(seed)")
      }
      for (node, expected) in literal.enumerated() {
        let ours = network.backward(seed: seedSignal, from: trace, downTo: node)
        for (index, value) in expected.enumerated() {
          #expect(
            (Double(ours.elements[index]) - value).magnitude < 2e-5 * max(1, value.magnitude),
            "seed \(seed), node \(node)")
        }
      }
      expectGradientsOfWeights(network, seedSignal, trace, seed) { value($0, x) }
    }
  }

  /// Each weight's gradient against a difference quotient over a change that Float can hold.
  private func expectGradientsOfWeights(
    _ network: Network, _ seedSignal: Tensor, _ trace: Network.Trace, _ seed: UInt64, _ value: (Network) -> Double
  ) {
    let gradients = network.gradients(seed: seedSignal, from: trace)
    for (node, ofNode) in gradients.enumerated() {
      for (number, gradient) in ofNode.enumerated() {
        for index in gradient.elements.indices {
          var (above, below) = (network, network)
          var change = 0.0
          above.nodes[node].layer.updateWeights { place, weights in
            if place == number { weights.elements[index] += 1e-4 }
            if place == number { change += Double(weights.elements[index]) }
          }
          below.nodes[node].layer.updateWeights { place, weights in
            if place == number { weights.elements[index] -= 1e-4 }
            if place == number { change -= Double(weights.elements[index]) }
          }
          let difference = (value(above) - value(below)) / change
          #expect(
            (Double(gradient.elements[index]) - difference).magnitude < 2e-5 * max(1, difference.magnitude),
            "seed \(seed), node \(node), weights \(number), place \(index)")
        }
      }
    }
  }
}
