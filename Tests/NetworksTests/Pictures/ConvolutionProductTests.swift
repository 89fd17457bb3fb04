import Tensors
import Testing

@testable import Networks

@Suite struct ConvolutionProductTests {
  /// Pieces of the work begin and end at each place of a row, and windows stand over each edge: the digits are those of
  /// one sum after the other, by fused steps where the processor has them, so that whole numbers are exact.
  @Test(arguments: [
    ([1, 3, 13, 31], 9, [3, 3], [1, 1, 1, 1]), ([2, 40, 5, 100], 17, [3, 2], [2, 0, 1, 1]),
    ([1, 8, 1, 700], 8, [1, 1], [0, 0, 0, 0]), ([3, 2, 20, 20], 3, [5, 5], [4, 4, 4, 4]),
  ])
  func wholeNumbersAreExact(input: [Int], outputs: Int, size: [Int], padding: [Int]) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    func whole(_ shape: [Int]) -> Tensor {
      Tensor(shape: shape) { target in for place in target.indices { target[place] = Float(generator.pick(-4...4)) } }
    }
    let layer = Convolution(
      weight: whole([outputs, input[1]] + size), bias: whole([outputs]), window: Window(size: size, padding: padding))
    let x = whole(input)
    let sizes = layer.geometry(x)
    let kernel = PackedKernel(layer.weight, groups: 1, part: .all, workers: .one)
    let expected = ConvolutionTests.literal(layer, x.elements.map { Double($0) }, input).map { Float($0) }
    for count in [1, 2, 5] {
      for rectifies in [false, true] {
        let product = ConvolutionProduct(sizes, kernel, bias: layer.bias, rectifies: rectifies)
        let found = product.run(x, shape: sizes.outputShape, workers: Workers(count: count))
        #expect(found.elements == (rectifies ? expected.map { max(0, $0) } : expected))
      }
    }
  }
}
