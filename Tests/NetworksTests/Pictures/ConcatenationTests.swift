import Tensors
import Testing

@testable import Networks

@Suite struct ConcatenationTests {
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let channels = [2, 1, 3]
    let inputs = channels.map { RandomNetworks.tensor([2, $0, 2, 3], using: &generator) }
    LayerContract(layer: Concatenation(), inputs: inputs) { _, x in
      (0..<2).flatMap { example in
        x.enumerated().flatMap { place, values in
          let size = channels[place] * 6
          return values[example * size..<(example + 1) * size]
        }
      }
    }.check("three")
    #expect(Concatenation().outputShape([[1, 2, 3], [1, 5, 4]]) == nil)
    #expect(Concatenation().outputShape([[1, 2, 3], [1, 5, 3]]) == [1, 7, 3])
  }
}
