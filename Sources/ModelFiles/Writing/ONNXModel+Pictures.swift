public import Networks
import Tensors

extension ONNXModel {
  /// A trained network over grey pictures, from `picture` `[N, 1, height, width]` of numbers from 0 to 1 to `logits`.
  /// - Parameters:
  ///   - pictures: the network, a chain of layers.
  ///   - classNames: the classes' names.
  ///   - metadata: what else the file says.
  /// - Throws: `ONNXError.unsupported` for layers that have no operator here.
  public init(
    _ pictures: ConvolutionalNetwork.Model, classNames: [String], metadata: [String: String]
  ) throws {
    var graph = ONNXGraph()
    graph.inputs = [ONNXValue(name: "picture", type: .float, shape: [nil, 1, pictures.height, pictures.width])]
    var current = "picture"
    let last = pictures.network.nodes.count - 1
    for (index, node) in pictures.network.nodes.enumerated() where index > 0 {
      guard node.inputs == [index - 1] else { throw ONNXError.unsupported("a network that is no chain") }
      let output = index == last ? "logits" : "layer\(index)"
      let (kind, attributes) = try Self.operatorFor(node.layer)
      var inputs = [current]
      for (number, weights) in node.layer.weights.enumerated() {
        let name = "\(output).\(number == 0 ? "weight" : "bias")"
        graph.initializers[name] = ONNXTensor(weights.shape, weights.elements)
        inputs.append(name)
      }
      graph.nodes.append(
        ONNXNode(
          name: output, kind: kind, opset: GraphBuilder.opset, inputs: inputs, outputs: [output],
          attributes: attributes))
      current = output
    }
    graph.outputs = [ONNXValue(name: current, type: .float, shape: [nil, pictures.outputs])]
    var metadata = metadata
    metadata[PictureNetwork.classesKey] = classNames.joined(separator: "\n")
    self.init(opsets: ["": GraphBuilder.opset], graph: graph, metadata: metadata, producer: "xai-tab")
  }

  private static func operatorFor(_ layer: any Layer) throws -> (String, [String: ONNXAttribute]) {
    switch layer {
    case let layer as Convolution:
      (
        "Conv",
        attributes(layer.window).merging(["group": .integer(Int64(layer.groups))]) { first, _ in first }
      )
    case let layer as MaxPool:
      ("MaxPool", attributes(layer.window).merging(["ceil_mode": .integer(layer.window.roundsUp ? 1 : 0)]) { $1 })
    case let layer as Reshape where layer.shape == nil: ("Flatten", ["axis": .integer(1)])
    case is FullyConnected: ("Gemm", ["transB": .integer(1)])
    case let layer as Activation where layer == .relu: ("Relu", [:])
    default: throw ONNXError.unsupported("a network with a layer \(type(of: layer))")
    }
  }

  private static func attributes(_ window: Window) -> [String: ONNXAttribute] {
    func list(_ values: [Int]) -> ONNXAttribute { .integers(values.map { Int64($0) }) }
    return [
      "kernel_shape": list(window.size), "strides": list(window.step), "pads": list(window.padding),
      "dilations": list(window.dilation),
    ]
  }
}
