import Networks
import Tensors
import Testing

@testable import Images

@Suite struct RealTimeSaliencyTests {
  @Test func theGradientMatchesFiniteDifferences() throws {
    let problem = try MaskLoss(TorchRayNetwork.subject, RealTimeSaliency())
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let draw = problem.draw(using: &generator)
    let numbers = MersenneTwister.numbers(problem.count, seed: 41, scale: 0.4).map { $0 + ($0 > 0 ? 0.3 : -0.3) }
    let gradient = problem.loss(numbers, draw).gradient
    let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    func value(_ step: Double) -> Double {
      problem.loss(zip(numbers, gradient).map { $0 + Float(step / norm) * $1 }, draw).value
    }
    #expect(((value(5e-3) - value(-5e-3)) / 1e-2 / norm - 1).magnitude < 0.02)
  }

  /// An even mask of a half and logits 0 and 0: 5 + 11 · 0.5005^0.3 + 0.5 · 0.3 / 2 · 4 edges of 2 · 0.25, + 0.2 · 1.
  /// The corners of 2 x 2 pixels belong to two edges each.
  @Test func theLossByHand() throws {
    let network = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(FullyConnected(weight: Tensor(shape: [2, 4]), bias: Tensor(shape: [2])), inputs: [1]),
    ])
    let problem = try MaskLoss(
      Subject(network: network, input: Tensor(shape: [1, 1, 2, 2], repeating: 1), target: 0),
      RealTimeSaliency())
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let numbers = [Float](repeating: 0.5, count: 1024) + [Float](repeating: 0.499, count: 1024)
    let loss = problem.loss(numbers, problem.draw(using: &generator)).value
    let area = 11 * 0.812_495_5
    #expect((loss - (5 + area + 0.5 * 0.3 / 2 * 8 * 0.25 + 0.2)).magnitude < 1e-3, "\(loss)")
  }

  @Test func theSameSeedGivesTheSameMask() throws {
    var method = RealTimeSaliency(iterations: 4)
    let one = try method.explain(TorchRayNetwork.subject)
    #expect(try method.explain(TorchRayNetwork.subject) == one)
    method.seed = 1
    #expect(try method.explain(TorchRayNetwork.subject) != one)
    #expect(one.values.allSatisfy { 0...1 ~= $0 })
  }
}
