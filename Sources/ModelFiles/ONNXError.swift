/// What keeps an ONNX model from being read, run or written.
public enum ONNXError: Error, Equatable, CustomStringConvertible {
  /// The bytes are no model in the ONNX format.
  case notONNX
  /// The file breaks the format's rules.
  case malformed(String)
  /// An operator that is not known here, or not in this version.
  case unsupportedOperator(name: String, domain: String, node: String, opset: Int)
  /// A use of a known operator that is not supported or not allowed.
  case invalidNode(name: String, operator: String, opset: Int, reason: String)
  /// A feature of the format that is not supported.
  case unsupported(String)
  /// A tensor, or all of a run, of more elements than is reasonable.
  case tooLarge(String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .notONNX: "no ONNX model"
    case .malformed(let reason): "damaged ONNX model: \(reason)"
    case .unsupportedOperator(let name, let domain, let node, let opset):
      "the operator \(domain.isEmpty ? "" : domain + ".")\(name) of node \"\(node)\" (opset \(opset)) is not supported"
    case .invalidNode(let name, let kind, let opset, let reason):
      "node \"\(name)\" (operator \(kind), opset \(opset)): \(reason)"
    case .unsupported(let reason): "not supported: \(reason)"
    case .tooLarge(let reason): "too large: \(reason)"
    }
  }
}
