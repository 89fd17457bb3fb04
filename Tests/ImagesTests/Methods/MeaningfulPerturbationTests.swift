import Networks
import Tensors
import Testing

@testable import Images

@Suite struct MeaningfulPerturbationTests {
  private static let method = MeaningfulPerturbation()

  /// Along the gradient the objective rises by the gradient's norm.
  @Test(arguments: [(0, 0), (2, 3)]) func theGradientMatchesFiniteDifferences(shift: (Int, Int)) throws {
    var method = Self.method
    method.smoothness = 0.05
    method.sparsity = 0.01
    let problem = try MeaningfulProblem(TorchRayNetwork.subject, method)
    let mask = MersenneTwister.numbers(problem.rows * problem.columns, seed: 31, scale: 0.4).map { $0 + 0.5 }
    let gradient = problem.objective(mask, shift: shift).gradient
    let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    func value(_ step: Double) -> Double {
      problem.objective(zip(mask, gradient).map { $0 + Float(step / norm) * $1 }, shift: shift).value
    }
    // Central differences over 2e-2, small beside the network's linear pieces.
    #expect(((value(1e-2) - value(-1e-2)) / 2e-2 / norm - 1).magnitude < 0.02)
  }

  /// Σ |1 − m| = 0.5 · 4 and Σ (dx² + dy²)^1.5 of one step of 0.5 down in both columns: 2 · 0.125.
  @Test func theObjectiveByHand() throws {
    let network = Network([
      Network.Node(Input(), inputs: []), Network.Node(Reshape.flatten, inputs: [0]),
      Network.Node(FullyConnected(weight: Tensor(shape: [2, 4]), bias: Tensor(shape: [2])), inputs: [1]),
    ])
    var method = Self.method
    (method.sparsity, method.smoothness) = (1, 10)
    let problem = try MeaningfulProblem(
      Subject(network: network, input: Tensor(shape: [1, 1, 2, 2], repeating: 1), target: 0), method)
    #expect(problem.rows == 2 && problem.columns == 2)
    let (value, gradient) = problem.objective([1, 1, 0.5, 0.5], shift: (0, 0))
    #expect((value - (0.5 + 1 + 10 * 0.25)).magnitude < 1e-6)
    // 3 · 0.5 · 0.5 · 10 for a difference of −0.5, and −1 for 1 − m.
    #expect(zip(gradient, [7.5, 7.5, -8.5, -8.5]).allSatisfy { ($0 - $1).magnitude < 1e-5 })
  }

  /// The authors' program rounds the blurred mask and leaves its blur out of the gradient.
  @Test func theFaithfulFormIsAnother() throws {
    var faithful = Self.method
    faithful.isFaithful = true
    let mask = [Float](repeating: 0.5, count: 1024)
    let (one, other) = (
      try MeaningfulProblem(TorchRayNetwork.subject, Self.method).objective(mask, shift: (0, 0)),
      try MeaningfulProblem(TorchRayNetwork.subject, faithful).objective(mask, shift: (0, 0))
    )
    #expect((one.value - other.value).magnitude < 0.02 && one.gradient != other.gradient)
  }

  /// What is deleted takes the class away, and is less than all.
  @Test func theClassGoes() throws {
    let subject = Subject(network: TorchRayNetwork.network, input: TorchRayNetwork.input, target: 2)
    let map = try MeaningfulPerturbation().explain(subject)
    let figures = Dictionary(uniqueKeysWithValues: map.figures.map { ($0.name, $0.value) })
    let (whole, deleted, share) = (
      try #require(figures["probability"]), try #require(figures["after deletion"]),
      try #require(figures["share deleted"])
    )
    #expect(deleted < whole / 2 && share < 0.9 && !map.isConstant, "\(figures)")
  }
}
