import Tensors
import Testing

@testable import Networks

@Suite struct BatchNormalizationTests {
  private static func lines(_ channels: Int, using generator: inout SeededGenerator) -> BatchNormalization {
    func numbers() -> [Float] { RandomNetworks.tensor([channels], using: &generator).elements }
    return BatchNormalization(
      gamma: numbers(), beta: numbers(), mean: numbers(), variance: numbers().map { $0 * $0 + 0.1 }, epsilon: 1e-3)
  }

  /// (5 − 1) / √(3.99 + 0.01) · 3 + 2.
  @Test func normalizesByHand() {
    let layer = BatchNormalization(gamma: [3], beta: [2], mean: [1], variance: [3.99], epsilon: 0.01)
    #expect((layer.forward([Tensor(shape: [1, 1], elements: [5])]).elements[0] - 8).magnitude < 1e-6)
  }

  @Test func agreesWithLoops() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let input = RandomNetworks.tensor([2, 3, 4, 2], using: &generator)
    LayerContract(layer: Self.lines(3, using: &generator), inputs: [input]) { layer, x in
      x[0].enumerated().map { place, value in
        let channel = place / 8 % 3
        return value * Double(layer.scale.elements[channel]) + Double(layer.shift.elements[channel])
      }
    }.check("lines")
  }

  @Test func foldsIntoAConvolution() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let lines = Self.lines(6, using: &generator)
    let convolution = Convolution(
      weight: RandomNetworks.tensor([6, 2, 3, 3], using: &generator),
      bias: RandomNetworks.tensor([6], using: &generator), window: Window(size: [3, 3], padding: [1, 1, 1, 1]),
      groups: 2)
    let input = RandomNetworks.tensor([1, 4, 5, 5], using: &generator)
    let apart = lines.forward([convolution.forward([input])])
    let together = convolution.folding(lines).forward([input])
    // Two roundings of Float of numbers of size ten.
    for (one, other) in zip(apart.elements, together.elements) { #expect((one - other).magnitude < 2e-5) }
  }
}
