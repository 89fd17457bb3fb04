import Tensors
import Testing

@testable import Networks

@Suite struct HardSigmoidTests {
  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 3, 4, 4], using: &generator).map { $0 * 4 }
    LayerContract(layer: HardSigmoid(slope: 0.25, intercept: 0.5), inputs: [input]) { _, x in
      x[0].map { max(0, min(1, 0.25 * $0 + 0.5)) }
    }.check("hard sigmoid")
  }
}
