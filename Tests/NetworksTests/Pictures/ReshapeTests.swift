import Tensors
import Testing

@testable import Networks

@Suite struct ReshapeTests {
  @Test func keepsTheElements() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 3, 4, 5], using: &generator)
    LayerContract(layer: Reshape.flatten, inputs: [input]) { _, x in x[0] }.check("flatten")
    LayerContract(layer: Reshape([5, 12]), inputs: [input]) { _, x in x[0] }.check("other")
    #expect(Reshape.flatten.outputShape([[2, 3, 4, 5]]) == [2, 60])
    #expect(Reshape([7]).outputShape([[2, 3, 4, 5]]) == nil)
  }
}
