/// All operators by name; those of a domain are named with it, such as `ai.onnx.ml.Scaler`.
enum Operators {
  static let all: [String: OperationMaker] = [
    arithmetic, comparisons, functions, products, shapes, selections, reductions, normalizations, conversions, encoders,
    linearModels, trees,
  ].reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }

  /// The name of an operator of the domain for classic models.
  static func classic(_ name: String) -> String { "ai.onnx.ml.\(name)" }

  /// Whether the node's version is among those that are known here.
  static func supports(_ node: ONNXNode) -> Bool {
    node.domain.isEmpty ? (7...25).contains(node.opset) : (1...6).contains(node.opset)
  }

  /// The input of the given place.
  /// - Throws: `ONNXError.malformed` where it is left out.
  static func required(_ inputs: [ONNXTensor?], _ place: Int) throws -> ONNXTensor {
    guard place < inputs.count, let input = inputs[place] else {
      throw ONNXError.malformed("input \(place + 1) is missing")
    }
    return input
  }

  /// The input of the given place, or nil where it is left out.
  static func optional(_ inputs: [ONNXTensor?], _ place: Int) -> ONNXTensor? {
    place < inputs.count ? inputs[place] : nil
  }

  /// An axis from 0, of one that may count from the end.
  /// - Throws: `ONNXError.malformed`
  static func axis(_ axis: Int, rank: Int) throws -> Int {
    guard axis >= -rank, axis < rank else { throw ONNXError.malformed("there is no axis \(axis) among \(rank)") }
    return axis < 0 ? axis + rank : axis
  }

  /// The lengths before, at and behind an axis, as products.
  static func split(_ shape: [Int], at axis: Int) -> (outer: Int, length: Int, inner: Int) {
    (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
  }
}
