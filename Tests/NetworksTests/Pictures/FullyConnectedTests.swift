import Tensors
import Testing

@testable import Networks

@Suite struct FullyConnectedTests {
  private static func contract(_ layer: FullyConnected, _ input: Tensor) -> LayerContract<FullyConnected> {
    LayerContract(layer: layer, inputs: [input]) { layer, x in
      let (outputs, width) = (layer.weight.shape[0], layer.weight.shape[1])
      return (0..<input.shape[0] * outputs).map { place in
        (0..<width).reduce(Double(layer.bias.elements[place % outputs])) {
          $0 + Double(layer.weight.elements[place % outputs * width + $1]) * x[0][place / outputs * width + $1]
        }
      }
    }
  }

  @Test(arguments: [[1, 1], [3, 5], [7, 16], [5, 37], [70, 50]]) func agreesWithLoops(shape: [Int]) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let layer = FullyConnected(
      weight: RandomNetworks.tensor(shape, using: &generator),
      bias: RandomNetworks.tensor([shape[0]], using: &generator))
    Self.contract(layer, RandomNetworks.tensor([3, shape[1]], using: &generator)).check("\(shape)")
  }

  @Test func wideOnesAreTheSameForAnyThreads() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let layer = FullyConnected(inputs: 3000, outputs: 150, using: &generator)
    Self.contract(layer, RandomNetworks.tensor([2, 3000], using: &generator)).check("wide", differences: false)
  }

  @Test(arguments: WeightPart.allCases) func aPartOfTheWeightsStandsInTheirPlace(part: WeightPart) {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let weight = RandomNetworks.tensor([4, 21], using: &generator)
    let layer = FullyConnected(weight: weight, bias: RandomNetworks.tensor([4], using: &generator))
    let twin = FullyConnected(weight: weight.map { part.of($0) }, bias: Tensor(shape: [4]))
    let input = RandomNetworks.tensor([2, 21], using: &generator)
    let product = layer.product(input, part: part, workers: .one)
    #expect(product == twin.forward([input]))
    #expect(
      layer.transposedProduct(product, part: part, input: input, workers: .one)
        == twin.backward(product, toInput: 0, inputs: [input], output: product))
  }
}
