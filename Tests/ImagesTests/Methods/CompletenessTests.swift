import Networks
import Tensors
import Testing

@testable import Images

/// What the methods promise of the sums of their values.
@Suite struct CompletenessTests {
  private static func smoothGrad(_ change: (inout SmoothGrad) -> Void) -> SmoothGrad {
    var method = SmoothGrad()
    change(&method)
    return method
  }

  /// The midpoint rule's error falls with the steps; a rectifier network is piecewise linear along the way.
  @Test func integratedGradientsAddUpToTheRise() throws {
    let map = try IntegratedGradients(steps: 400).explain(TorchRayNetwork.subject)
    let sums = try #require(map.completeness)
    let zero = TorchRayNetwork.network.forward(Tensor(shape: [1, 3, 32, 32])).output.elements[3]
    #expect((sums.expected - (map.score - Double(zero))).magnitude < 1e-5)
    #expect((sums.sum - map.values.reduce(0) { $0 + Double($1) }).magnitude < 1e-4)
    #expect(sums.error < 5e-3)
  }

  /// The network without biases: nothing is lost by any rule.
  private static let unbiased: Network = {
    var network = TorchRayNetwork.network
    return Network(
      network.nodes.map { node in
        var layer = node.layer
        layer.updateWeights { number, weights in
          if number == 1 { weights = Tensor(shape: weights.shape) }
        }
        return Network.Node(layer, inputs: node.inputs, names: node.names)
      })
  }()

  /// Each layer hands down all it gets, but for ε in the quotients, where small sums lie under large relevances.
  @Test(arguments: LayerwiseRelevance.Rules.allCases) func relevanceIsHandedDownWhole(
    rules: LayerwiseRelevance.Rules
  ) throws {
    let subject = Subject(
      network: Self.unbiased, input: TorchRayNetwork.input, target: 2,
      bounds: ([-1.8, -1.8, -1.8], [1.8, 1.8, 1.8]))
    let map = try LayerwiseRelevance(rules: rules).explain(subject)
    let sums = try #require(map.completeness)
    #expect((sums.expected - map.score).magnitude < 1e-6)
    #expect(sums.error < (rules == .epsilon ? 0.02 : 2e-3), "\(rules): \(sums)")
  }

  /// A straight line without a bias: every sum is the logit, and each pixel's share is its own term.
  @Test func relevanceOfALineIsGradientTimesInput() throws {
    let line = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(
        FullyConnected(
          weight: Tensor(shape: [2, 4], elements: [1, 2, 3, 4, -1, 0, 1, 0.5]), bias: Tensor(shape: [2])), inputs: [1]),
    ])
    let input = Tensor(shape: [1, 1, 2, 2], elements: [1, -1, 2, 0.5])
    let subject = Subject(network: line, input: input, target: 0)
    // 1 − 2 + 6 + 2 = 7.
    let product = try GradientTimesInput().explain(subject)
    #expect(product.values == [1, -2, 6, 2] && product.score == 7)
    let relevance = try LayerwiseRelevance(rules: .epsilon).explain(subject)
    for (one, other) in zip(relevance.values, product.values) { #expect((one - other).magnitude < 1e-5) }
    let integrated = try IntegratedGradients().explain(subject)
    for (one, other) in zip(integrated.values, product.values) { #expect((one - other).magnitude < 1e-5) }
  }

  @Test func excitationIsAShareOfOne() throws {
    for layer in ["features.1", "features.4", "features.7"] {
      let map = try ExcitationBackprop(layer: TorchRayNetwork.node(layer)).explain(TorchRayNetwork.subject)
      let sum = map.values.reduce(0) { $0 + Double($1) }
      #expect(map.values.allSatisfy { $0 >= 0 } && (sum - 1).magnitude < 1e-4, "\(layer): \(sum)")
    }
  }

  /// The first four of five hundred steps already lie all along the way, and the values are those of as many steps as
  /// were taken.
  @Test func stoppedMapsAreOfWhatWasDone() throws {
    var subject = TorchRayNetwork.subject
    subject.budget = Budget(deadline: .now)
    let way = try IntegratedGradients(steps: 500).explain(subject)
    #expect(way.effort == Effort(done: 4, planned: 500, unit: "steps", ending: .timeLimit))
    let sums = try #require(way.completeness)
    #expect(sums.error < 0.5, "\(sums)")
    let noise = try Self.smoothGrad { $0.samples = 500 }.explain(subject)
    #expect(noise.effort == Effort(done: 4, planned: 500, unit: "samples", ending: .timeLimit))
    let four = try Self.smoothGrad { $0.samples = 4 }.explain(TorchRayNetwork.subject)
    #expect(noise.values == four.values && four.effort?.ending == .finished)
  }

  @Test(arguments: [1, 2, 3, 50, 64, 500]) func eachStepOfTheWayIsTakenOnce(steps: Int) {
    let order = IntegratedGradients.spread(steps)
    #expect(order.sorted() == Array(0..<steps))
    if steps >= 50 { #expect(Set(order.prefix(4).map { $0 * 4 / steps }).count >= 3) }
  }

  /// Without noise it is the gradient; with it, the squares' mean is not below the square of the mean.
  @Test func smoothGradIsAMeanOfGradients() throws {
    let gradient = try Gradient().explain(TorchRayNetwork.subject)
    let still = try Self.smoothGrad { ($0.noise, $0.samples) = (0, 5) }.explain(TorchRayNetwork.subject)
    for (one, other) in zip(still.values, gradient.values) { #expect((one - other).magnitude < 1e-6) }
    let mean = try SmoothGrad().explain(TorchRayNetwork.subject)
    let squares = try Self.smoothGrad { $0.squares = true }.explain(TorchRayNetwork.subject)
    #expect(zip(mean.values, squares.values).allSatisfy { $0 * $0 <= $1 * 1.0001 })
    #expect(mean.values != gradient.values)
  }
}
