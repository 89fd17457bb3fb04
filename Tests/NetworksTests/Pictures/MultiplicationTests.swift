import Tensors
import Testing

@testable import Networks

@Suite struct MultiplicationTests {
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let inputs = (0..<2).map { _ in RandomNetworks.tensor([2, 3, 2, 4], using: &generator) }
    LayerContract(layer: Multiplication(gate: 1), inputs: inputs) { _, x in x[0].indices.map { x[0][$0] * x[1][$0] } }
      .check("same shape")
  }

  @Test(arguments: [0, 1]) func aNumberAChannelScalesItsPlane(place: Int) {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let plane = RandomNetworks.tensor([2, 3, 2, 4], using: &generator)
    let factors = RandomNetworks.tensor([2, 3, 1, 1], using: &generator)
    LayerContract(layer: Multiplication(gate: place), inputs: place == 0 ? [factors, plane] : [plane, factors]) {
      _, x in
      (0..<48).map { x[1 - place][$0] * x[place][$0 / 8] }
    }.check("factors at \(place)")
  }

  @Test func otherShapesAreRefused() {
    #expect(Multiplication(gate: 0).outputShape([[1, 3, 1, 1], [1, 3, 5, 4]]) == [1, 3, 5, 4])
    #expect(Multiplication(gate: 0).outputShape([[1, 3, 2, 1], [1, 3, 5, 4]]) == nil)
    #expect(Multiplication(gate: 0).outputShape([[1, 2, 1, 1], [1, 3, 5, 4]]) == nil)
  }
}
