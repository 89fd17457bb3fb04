import Tensors
import Testing

@testable import Networks

@Suite struct ClipTests {
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 3, 4, 4], using: &generator).map { $0 * 6 }
    LayerContract(layer: Clip(0...6), inputs: [input]) { _, x in x[0].map { max(0, min(6, $0)) } }.check("clip")
  }

  @Test func nothingPassesWhereTheOutputIsABound() {
    let x = Tensor(shape: [1, 4], elements: [-1, 0, 6, 3])
    let clip = Clip(0...6)
    let y = clip.forward([x])
    #expect(y.elements == [0, 0, 6, 3])
    #expect(clip.backward(x, toInput: 0, inputs: [x], output: y).elements == [0, 0, 0, 3])
  }
}
