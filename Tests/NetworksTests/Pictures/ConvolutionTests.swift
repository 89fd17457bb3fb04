import Tensors
import Testing

@testable import Networks

@Suite struct ConvolutionTests {
  /// The definition, by seven loops.
  static func literal(_ layer: Convolution, _ x: [Double], _ input: [Int]) -> [Double] {
    let (batch, height, width) = (input[0], input[2], input[3])
    let (outputs, perGroup) = (layer.weight.shape[0], layer.weight.shape[1])
    let (window, w) = (layer.window, layer.weight.elements)
    let outputHeight =
      (height + window.padding[0] + window.padding[2] - window.dilation[0] * (window.size[0] - 1) - 1) / window.step[0]
      + 1
    let outputWidth =
      (width + window.padding[1] + window.padding[3] - window.dilation[1] * (window.size[1] - 1) - 1) / window.step[1]
      + 1
    var result: [Double] = []
    for n in 0..<batch {
      for o in 0..<outputs {
        for v in 0..<outputHeight {
          for u in 0..<outputWidth {
            var sum = Double(layer.bias.elements[o])
            for c in 0..<perGroup {
              let channel = o / (outputs / layer.groups) * perGroup + c
              for i in 0..<window.size[0] {
                for j in 0..<window.size[1] {
                  let row = v * window.step[0] + i * window.dilation[0] - window.padding[0]
                  let column = u * window.step[1] + j * window.dilation[1] - window.padding[1]
                  guard 0..<height ~= row, 0..<width ~= column else { continue }
                  sum +=
                    Double(w[((o * perGroup + c) * window.size[0] + i) * window.size[1] + j])
                    * x[((n * input[1] + channel) * height + row) * width + column]
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }

  private static func layer(
    _ inputs: Int, _ outputs: Int, _ window: Window, groups: Int = 1, using generator: inout SeededGenerator
  ) -> Convolution {
    Convolution(
      weight: RandomNetworks.tensor([outputs, inputs / groups] + window.size, using: &generator),
      bias: RandomNetworks.tensor([outputs], using: &generator), window: window, groups: groups)
  }

  private static func contract(_ layer: Convolution, _ input: Tensor) -> LayerContract<Convolution> {
    LayerContract(layer: layer, inputs: [input]) { Self.literal($0, $1[0], input.shape) }
  }

  /// [[1, 2], [3, 4]] over a picture of three by three: the upper left window gives 1 + 2 · 2 + 3 · 4 + 4 · 5 = 37,
  /// with bias 38.
  @Test func forwardByHand() {
    let layer = Convolution(
      weight: Tensor(shape: [1, 1, 2, 2], elements: [1, 2, 3, 4]), bias: Tensor(shape: [1], elements: [1]),
      window: Window(size: [2, 2]))
    let x = Tensor(shape: [1, 1, 3, 3], elements: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(layer.forward([x]).elements == [38, 48, 68, 78])
    #expect(layer.forward([x]).shape == [1, 1, 2, 2])
    let signal = Tensor(shape: [1, 1, 2, 2], elements: [1, 0, 0, 10])
    #expect(
      layer.backward(signal, toInput: 0, inputs: [x], output: signal).elements == [1, 2, 0, 3, 14, 20, 0, 30, 40])
  }

  @Test func agreesWithLoopsForAnyWindow() {
    for seed in 0..<60 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let groups = [1, 1, 2, 3][generator.pick(0...3)]
      let inputs = groups * generator.pick(1...3)
      let window = Window(
        size: [generator.pick(1...3), generator.pick(1...3)], step: [generator.pick(1...3), generator.pick(1...3)],
        padding: (0..<4).map { _ in generator.pick(0...2) }, dilation: [generator.pick(1...2), generator.pick(1...2)])
      let layer = Self.layer(inputs, groups * generator.pick(1...3), window, groups: groups, using: &generator)
      let input = RandomNetworks.tensor(
        [generator.pick(1...2), inputs, generator.pick(5...7), generator.pick(5...8)], using: &generator)
      Self.contract(layer, input).check("seed \(seed): \(window), groups \(groups), input \(input.shape)")
    }
  }

  /// Sizes at which the work is cut: many pieces, two blocks of outputs, several blocks of inputs.
  @Test(arguments: [
    [3, 40, 3, 61, 37], [130, 40, 3, 9, 9], [96, 64, 1, 14, 14], [70, 70, 5, 6, 30], [4, 3, 3, 2, 600],
  ])
  func largeOnesAgreeWithLoops(sizes: [Int]) {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    let side = sizes[2]
    let window = Window(size: [side, side], padding: [side / 2, side / 2, side / 2, side / 2])
    let layer = Self.layer(sizes[0], sizes[1], window, using: &generator)
    let input = RandomNetworks.tensor([2, sizes[0], sizes[3], sizes[4]], using: &generator)
    Self.contract(layer, input).check("\(sizes)", differences: false)
    // The way back is the transposed map: signal · W x = x · Wᵀ signal.
    let x = RandomNetworks.tensor(input.shape, using: &generator)
    let y = layer.product(x, part: .all, workers: .one)
    let signal = RandomNetworks.tensor(y.shape, using: &generator)
    let back = layer.transposedProduct(signal, part: .all, input: x, workers: .one)
    let one = zip(y.elements, signal.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    let other = zip(x.elements, back.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    // Two sums of y.count terms of size √inner.
    #expect((one - other).magnitude < 1e-4 * max(1, Double(y.elements.count).squareRoot() * 10))
  }

  @Test func rectifiesWithinThePiece() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let layer = Self.layer(3, 5, Window(size: [3, 3], padding: [1, 1, 1, 1]), using: &generator)
    let input = RandomNetworks.tensor([1, 3, 20, 20], using: &generator)
    #expect(layer.rectifiedForward(input, workers: .one) == Activation.relu.forward([layer.forward([input])]))
  }

  @Test(arguments: WeightPart.allCases) func aPartOfTheWeightsStandsInTheirPlace(part: WeightPart) {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    let layer = Self.layer(2, 3, Window(size: [3, 2], step: [2, 1]), using: &generator)
    let input = RandomNetworks.tensor([1, 2, 7, 6], using: &generator)
    let twin = Convolution(
      weight: layer.weight.map { w in
        switch part {
        case .all: w
        case .positive: w > 0 ? w : 0
        case .negative: w < 0 ? w : 0
        case .negated: w < 0 ? -w : 0
        case .squared: w * w
        case .one: 1
        }
      }, bias: Tensor(shape: [3]), window: layer.window)
    let product = layer.product(input, part: part, workers: .one)
    #expect(product == twin.forward([input]))
    #expect(
      layer.transposedProduct(product, part: part, input: input, workers: .one)
        == twin.backward(product, toInput: 0, inputs: [input], output: product))
  }

  @Test func refusesOtherShapes() {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let layer = Self.layer(3, 4, Window(size: [5, 5]), using: &generator)
    #expect(layer.outputShape([[1, 3, 8, 8]]) == [1, 4, 4, 4])
    #expect(layer.outputShape([[1, 2, 8, 8]]) == nil)
    #expect(layer.outputShape([[1, 3, 4, 8]]) == nil)
    #expect(layer.outputShape([[1, 192]]) == nil)
  }
}
