import Tensors
import Testing

@testable import Networks

@Suite struct AdditionTests {
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let inputs = (0..<3).map { _ in RandomNetworks.tensor([2, 3, 2, 2], using: &generator) }
    LayerContract(layer: Addition(), inputs: inputs) { _, x in x[0].indices.map { x[0][$0] + x[1][$0] + x[2][$0] } }
      .check("three")
    #expect(Addition().outputShape([[1, 2], [1, 3]]) == nil)
  }
}
