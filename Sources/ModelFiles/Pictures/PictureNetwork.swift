public import Networks

/// A network over pictures from an ONNX file.
public struct PictureNetwork: Sendable {
  /// The network, from pictures `[batch, channels, height, width]` to logits; a softmax at the file's end is left out.
  public let network: Network
  /// The channels, height and width that the file declares; nil where it leaves one open.
  public let inputShape: [Int?]
  /// Whether the file's outputs are shares, so that a softmax was left out.
  public let endsWithSoftmax: Bool
  /// The classes' names, where the file tells them.
  public let classNames: [String]?

  /// The key under which a file tells the names of the classes, one a line.
  public static let classesKey = "xai-tab.classes"

  /// The network of a model whose one input is pictures.
  /// - Throws: `ONNXError` for what is no such network, and for operators and uses of them that are not supported.
  public init(_ model: ONNXModel) throws {
    let inputs = model.graph.inputs
    guard inputs.count == 1, let input = inputs.first, let shape = input.shape, shape.count == 4 else {
      throw ONNXError.unsupported(
        "a network over pictures has one input [batch, channels, height, width]; this model has "
          + (inputs.count == 1 ? "one of another shape" : "\(inputs.count) inputs"))
    }
    guard input.type == .float else { throw ONNXError.unsupported("pictures that are not single-precision numbers") }
    guard model.graph.outputs.count == 1 else {
      throw ONNXError.unsupported("a network over pictures has one output; this model has \(model.graph.outputs.count)")
    }
    var translation = PictureTranslation(model.graph, input: input.name, shape: Array(shape[1...]))
    try translation.run()
    network = translation.network
    endsWithSoftmax = translation.endsWithSoftmax
    inputShape = Array(shape[1...])
    classNames = model.metadata[Self.classesKey]?.split(separator: "\n").map { String($0) }
  }
}
