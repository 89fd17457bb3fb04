import Foundation
import ModelFiles
import Networks
import Tensors
import Testing

@Suite struct PictureNetworkTests {
  private struct Case: Decodable {
    let name: String
    let model: Data
    let shape: [Int]
    let input: [Float]
    let output: [Float]
  }

  private static func cases() throws -> [Case] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/convnets.json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  /// Float's rounding through ten layers; a softmax at the end is left out here and applied.
  @Test func outputsAreThoseOfOnnxruntime() throws {
    let cases = try Self.cases()
    #expect(cases.count == 7)
    for item in cases {
      let network = try PictureNetwork(ONNXModel(bytes: Array(item.model)))
      var output = network.network.forward(Tensor(shape: item.shape, elements: item.input)).output
      if network.endsWithSoftmax { output = Softmax().forward([output]) }
      #expect(network.endsWithSoftmax == item.name.hasPrefix("fire"))
      let largest = item.output.reduce(1) { max($0, $1.magnitude) }
      #expect(output.elements.count == item.output.count)
      for (one, other) in zip(output.elements, item.output) {
        #expect((one - other).magnitude < 1e-5 * largest, "\(item.name)")
      }
    }
  }

  @Test func normalizationBehindConvolutionsIsFolded() throws {
    for item in try Self.cases() {
      let nodes = try PictureNetwork(ONNXModel(bytes: Array(item.model))).network.nodes
      let lines = nodes.count { $0.layer is BatchNormalization }
      // One stands behind a rectifier; the picture's own mean and deviation, and a bias behind a product, stay too.
      #expect(lines == (item.name.hasPrefix("fire") ? 1 : item.name == "automatic" ? 3 : 0), "\(item.name)")
    }
  }

  @Test func nodesHaveTheFilesNames() throws {
    let item = try #require(try Self.cases().first)
    let model = try ONNXModel(bytes: Array(item.model))
    let names = try PictureNetwork(model).network.nodes.flatMap(\.names)
    for node in model.graph.nodes where node.kind != "Constant" && node.kind != "Identity" {
      #expect(names.contains(node.name) && names.contains(node.outputs[0]), "\(node.name)")
    }
  }

  private static func model(_ node: ONNXNode, shape: [Int?] = [nil, 3, 8, 8]) -> ONNXModel {
    ONNXModel(
      opsets: ["": 13],
      graph: ONNXGraph(
        inputs: [ONNXValue(name: "x", type: .float, shape: shape)],
        outputs: [ONNXValue(name: "y", type: .float, shape: nil)],
        initializers: ["w": ONNXTensor([2, 5, 1, 1], [Float](repeating: 1, count: 10))], nodes: [node]))
  }

  @Test func whatIsNotSupportedIsNamed() throws {
    func error(_ kind: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:]) -> ONNXError? {
      let node = ONNXNode(name: "n", kind: kind, opset: 13, inputs: inputs, outputs: ["y"], attributes: attributes)
      do {
        _ = try PictureNetwork(Self.model(node))
        return nil
      } catch {
        return error as? ONNXError
      }
    }
    #expect(error("Resize", ["x"]) == .unsupportedOperator(name: "Resize", domain: "", node: "n", opset: 13))
    #expect(error("Conv", ["x", "w"])?.description.contains("cannot take inputs of the shape [1, 3, 8, 8]") == true)
    #expect(error("Conv", ["x", "x"])?.description.contains("input 2 must be a constant") == true)
    #expect(
      error("MaxPool", ["x"], ["kernel_shape": .integers([0, 2])])?.description.contains("its window is") == true)
    #expect(error("Flatten", ["x"], ["axis": .integer(2)]) != nil)
    #expect(error("ReduceMean", ["x"], ["axes": .integers([1])]) != nil)
    let relu = ONNXNode(name: "n", kind: "Relu", opset: 13, inputs: ["x"], outputs: ["y"])
    #expect(throws: ONNXError.self) { try PictureNetwork(Self.model(relu, shape: [nil, 8])) }
  }
}
