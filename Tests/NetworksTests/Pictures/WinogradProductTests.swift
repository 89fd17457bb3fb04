import Tensors
import Testing

@testable import Networks

@Suite struct WinogradProductTests {
  private static func layer(
    _ inputs: Int, _ outputs: Int, padding: [Int], groups: Int = 1, using generator: inout SeededGenerator
  ) -> Convolution {
    Convolution(
      weight: RandomNetworks.tensor([outputs, inputs / groups, 3, 3], using: &generator),
      bias: RandomNetworks.tensor([outputs], using: &generator), window: Window(size: [3, 3], padding: padding),
      groups: groups)
  }

  /// Odd sizes, channels that do not fill panels or chunks, groups, any padding, batches whose tiles share panels;
  /// forward, back, and the same bytes for any threads and batch.
  @Test(arguments: [
    ([1, 32, 4, 4], 32, [1, 1, 1, 1], 1), ([2, 35, 7, 9], 75, [1, 1, 1, 1], 1), ([3, 64, 6, 7], 128, [0, 0, 0, 0], 2),
    ([2, 33, 14, 13], 40, [2, 0, 1, 2], 1), ([1, 32, 31, 103], 33, [1, 1, 1, 1], 1),
    ([5, 96, 8, 4], 96, [1, 2, 0, 1], 3),
  ])
  func agreesWithLoops(input: [Int], outputs: Int, padding: [Int], groups: Int) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let layer = Self.layer(input[1], outputs, padding: padding, groups: groups, using: &generator)
    let x = RandomNetworks.tensor(input, using: &generator)
    #expect(WinogradProduct.suits(layer.geometry(x)))
    LayerContract(layer: layer, inputs: [x]) { ConvolutionTests.literal($0, $1[0], input) }
      .check("\(input) to \(outputs)", differences: false)
    #expect(layer.rectifiedForward(x, workers: .one) == Activation.relu.forward([layer.forward([x])]))
  }

  /// The way back is the transposed map, which the plain products of the positive and the negative weights make up.
  @Test func theWayBackIsThatOfPlainSums() throws {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let layer = Self.layer(48, 70, padding: [1, 1, 1, 1], using: &generator)
    let x = RandomNetworks.tensor([2, 48, 11, 30], using: &generator)
    let signal = RandomNetworks.tensor(layer.geometry(x).outputShape, using: &generator)
    let back = try #require(layer.geometry(x).turnedAround)
    #expect(WinogradProduct.suits(back))
    let whole = layer.transposedProduct(signal, part: .all, input: x, workers: Workers(count: 2))
    let parts = [WeightPart.positive, .negative].map {
      layer.transposedProduct(signal, part: $0, input: x, workers: .one)
    }
    let scale = whole.elements.reduce(0) { max($0, $1.magnitude) }
    for (place, value) in whole.elements.enumerated() {
      // Float's 6e-8 through a sum of 630 terms.
      #expect((value - parts[0].elements[place] - parts[1].elements[place]).magnitude < 1e-5 * scale)
    }
  }

  /// The rounding error is of the size of the plain sum's, whose parts are not cancelled anywhere.
  @Test func roundsAsThePlainSumDoes() {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let input = [1, 128, 12, 12]
    let layer = Self.layer(128, 32, padding: [1, 1, 1, 1], using: &generator)
    let x = RandomNetworks.tensor(input, using: &generator)
    let exact = ConvolutionTests.literal(layer, x.elements.map { Double($0) }, input)
    func error(_ found: Tensor) -> Double {
      (zip(found.elements, exact).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
        / exact.reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
    let sizes = layer.geometry(x)
    let plain = ConvolutionProduct(
      sizes, PackedKernel(layer.weight, groups: 1, part: .all, workers: .one), bias: layer.bias, rectifies: false)
    let plainError = error(plain.run(x, shape: sizes.outputShape, workers: .one))
    #expect(plainError > 1e-8)
    #expect(error(layer.forward([x])) < 2.5 * plainError)
  }

  /// New weights are transformed anew.
  @Test func changedWeightsAreSeen() {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    var layer = Self.layer(32, 32, padding: [1, 1, 1, 1], using: &generator)
    let x = RandomNetworks.tensor([1, 32, 6, 6], using: &generator)
    let before = layer.forward([x])
    layer.updateWeights { number, tensor in
      if number == 0 { tensor = tensor.map { $0 * 2 } } else { tensor = tensor.map { _ in 0 } }
    }
    let copy = layer
    let after = copy.forward([x])
    #expect(after != before)
    #expect(after == Convolution(weight: layer.weight, bias: layer.bias, window: layer.window).forward([x]))
  }

  /// Sizes alone decide, never the batch.
  @Test(arguments: [
    (32, 32, 3, 1, 1, 8, true), (31, 32, 3, 1, 1, 8, false), (32, 16, 3, 1, 1, 8, false), (32, 32, 5, 1, 1, 8, false),
    (32, 32, 3, 2, 1, 9, false), (32, 32, 3, 1, 2, 9, false), (32, 32, 3, 1, 1, 3, false),
  ])
  func suitsConvolutionsOfThreeByThree(
    inputs: Int, outputs: Int, side: Int, step: Int, dilation: Int, length: Int, suits: Bool
  ) {
    let window = Window(
      size: [side, side], step: [step, step], padding: [1, 1, 1, 1], dilation: [dilation, dilation])
    let layer = Convolution(
      weight: Tensor(shape: [outputs, inputs, side, side]), bias: Tensor(shape: [outputs]), window: window)
    for batch in [1, 3] {
      #expect(WinogradProduct.suits(layer.geometry(Tensor(shape: [batch, inputs, length, length]))) == suits)
    }
  }
}
