import DataFrames
import Tensors
import Testing

@testable import ModelFiles

@Suite struct HiddenLayersTests {
  /// A graph of one operator a line: result, operator, inputs. `w…` are constants, linear models those of the domain
  /// for classic models.
  private static func graph(_ text: String) -> ONNXGraph {
    let nodes = text.split(separator: "\n").map { line -> ONNXNode in
      let words = line.split(separator: " ").map(String.init)
      return ONNXNode(
        name: words[0], kind: words[1], domain: words[1].hasPrefix("Linear") ? "ai.onnx.ml" : "", opset: 17,
        inputs: Array(words[2...]), outputs: [words[0]])
    }
    let constants = Set(nodes.flatMap(\.inputs).filter { $0.hasPrefix("w") })
    return ONNXGraph(
      inputs: [ONNXValue(name: "x", type: .float, shape: [nil, 3])],
      outputs: [ONNXValue(name: "out", type: .float, shape: [nil, 2])],
      initializers: Dictionary(uniqueKeysWithValues: constants.map { ($0, ONNXTensor([1], [Float(1)])) }), nodes: nodes)
  }

  @Test(
    arguments: [
      (
        "a network of two layers behind a scaler",
        "s Sub x w0\na Gemm s w1\nr Relu a\nb Gemm r w2\nt Tanh b\nout Gemm t w3", ["r", "t"]
      ),
      ("one whose last layer is a linear model", "a MatMul x w1\nb Add a w2\nr Relu b\nout LinearClassifier r", ["r"]),
      (
        "an activation of several operators", "a Gemm x w1\nd Div a w2\ne Erf d\nf Add e w3\ng Mul a f\nout Gemm g w4",
        ["g"]
      ),
      (
        "dropout and a normalisation behind it",
        "a Gemm x w1\nr Relu a\nd Dropout r\nn BatchNormalization d w2 w3\nout Gemm n w4", ["n"]
      ),
      ("two products in a row", "a MatMul x w1\nb MatMul a w2\nr Relu b\nout Gemm r w3", ["r"]),
      ("a projection before the first layer", "p MatMul x w1\na Gemm p w2\nr Sigmoid a\nout Gemm r w3", ["r"]),
      ("weights that are turned", "v Transpose w1\na MatMul x v\nr Relu a\nout MatMul r w2", ["r"]),
      (
        "a layer that goes around the next one",
        "a Gemm x w1\nr Relu a\nb Gemm r w2\nc Add b r\nt Relu c\nout Gemm t w3", ["r", "t"]
      ),
      ("a linear model", "a Gemm x w1\nout Softmax a", []),
      ("no layers", "out Relu x", []),
      ("inputs that go around a layer", "a Gemm x w1\nr Relu a\nc Concat r x\nout Gemm c w2", []),
      (
        "two networks side by side",
        "a Gemm x w1\nr Relu a\nb Gemm x w2\nt Tanh b\nc Gemm r w3\nd Gemm t w4\nout Add c d", []
      ),
      ("a part that the output does not need", "a Gemm x w1\nr Relu a\nz Gemm r w9\nout Gemm r w3", ["r"]),
    ] as [(String, String, [String])])
  func layersAreFoundIn(what: String, text: String, names: [String]) {
    #expect(HiddenLayers(Self.graph(text), output: "out").names == names)
  }

  /// The widths of the hidden layers that the writers of the reference models were told.
  @Test(arguments: ModelReferences.all.filter { $0.name.contains("network") || $0.name.hasPrefix("torch,") })
  func filesOfOtherWritersHaveTheirLayers(reference: ModelReferences.Model) throws {
    let (model, rows) = try reference.load()
    let layers = try model.hiddenActivations(rows, workers: .one)
    #expect(layers.count == model.hiddenLayerCount)
    #expect(layers.count == (reference.name.contains("tanh") ? 2 : 1), "\(layers.map(\.columns))")
    for layer in layers { #expect(layer.rows == rows.rows && layer.columns > 1) }
    if reference.name.contains("skl2onnx") { #expect(layers[0].elements.allSatisfy { $0 >= 0 }) }
    if reference.name.contains("tanh") { #expect(layers[1].elements.allSatisfy { $0.magnitude <= 1 }) }
  }

  @Test func treesAndLinearModelsHaveNone() throws {
    for reference in ModelReferences.all
    where ["tree", "forest", "regression", "boosted"].contains(where: reference.name.contains)
      && !reference.name.contains("network")
    {
      #expect(try reference.load().model.hiddenLayerCount == 0, "\(reference.name)")
    }
  }
}
