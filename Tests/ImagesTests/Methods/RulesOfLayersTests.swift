import Networks
import Tensors
import Testing

@testable import Images

/// Which layers the rules of relevance and excitation know.
@Suite struct RulesOfLayersTests {
  /// A layer that no rule has heard of.
  private struct Doubling: Layer {
    func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].map { 2 * $0 } }

    func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
      signal.map { 2 * $0 }
    }
  }

  private static let methods: [any SaliencyMethod] = [
    LayerwiseRelevance(), ExcitationBackprop(layer: 1), ContrastiveExcitationBackprop(layer: 1, contrastLayer: 3),
  ]

  /// A convolution, a rectifier and the given layer under a classifier.
  private static func subject(_ layer: any Layer) -> Subject {
    let layers: [(any Layer, String)] = [
      (Input(), "picture"),
      (
        Convolution(
          weight: Tensor(shape: [2, 1, 1, 1], elements: [1, 0.5]), bias: Tensor(shape: [2]),
          window: Window(size: [1, 1])),
        "convolution"
      ),
      (Activation.relu, "rectifier"), (layer, "strange"), (Reshape.flatten, "flat"),
      (FullyConnected(weight: Tensor(shape: [2, 8], repeating: 0.5), bias: Tensor(shape: [2])), "classifier"),
    ]
    return Subject(
      network: Network(
        layers.enumerated().map { Network.Node($1.0, inputs: $0 == 0 ? [] : [$0 - 1], names: [$1.1]) }),
      input: Tensor(shape: [1, 1, 2, 2], elements: [1, 2, 3, 4]), target: 0)
  }

  @Test(arguments: methods.indices) func aLayerWithoutARuleIsNamed(number: Int) {
    let method = Self.methods[number]
    for (layer, kind) in [(Doubling(), "Doubling"), (Softmax(), "Softmax")] as [(any Layer, String)] {
      #expect(throws: SaliencyError.noRule(method: type(of: method).name, layer: "strange", kind: kind)) {
        try method.explain(Self.subject(layer))
      }
    }
    #expect(
      "\(SaliencyError.noRule(method: "lrp", layer: "strange", kind: "Softmax"))"
        == "lrp has no rule for the layer \"strange\", which is of the kind Softmax")
  }

  /// What works on each number by itself passes on what it gets.
  @Test(arguments: methods.indices) func layersOfSingleNumbersPassTheSignal(number: Int) throws {
    let plain = try Self.methods[number].explain(Self.subject(Activation.relu))
    for layer in [Clip(0...100), HardSigmoid(slope: 0.01, intercept: 0.1)] as [any Layer] {
      let map = try Self.methods[number].explain(Self.subject(layer))
      #expect(map.values.count == plain.values.count && map.values.allSatisfy(\.isFinite))
    }
    #expect(try Self.methods[number].explain(Self.subject(Clip(0...100))).values == plain.values)
  }
}
