/// The table of all operators, by family; an operator is one entry of its family.
enum Operators {
  static let families: [[Operator]] = [
    arithmetic, comparisons, functions, products, shapes, selections, reductions, normalizations, conversions, encoders,
    linearModels, trees, windows,
  ]

  /// All operators by name; those of a domain are named with it, such as `ai.onnx.ml.Scaler`.
  static let all = Dictionary(families.joined().map { ($0.name, $0) }) { first, _ in first }

  /// The name of an operator of the domain for classic models.
  static func classic(_ name: String) -> String { "ai.onnx.ml.\(name)" }

  /// Whether the node's version is among those that are known here.
  static func supports(_ node: ONNXNode) -> Bool {
    node.domain.isEmpty ? (7...25).contains(node.opset) : (1...6).contains(node.opset)
  }

  /// The input of the given place, which is among those that the operator's entry says it needs.
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

  /// For each element of a tensor whose axes are put in the given order, the place where it was.
  static func places(_ shape: [Int], order: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
    var places = [0]
    for axis in order {
      places = places.flatMap { start in (0..<shape[axis]).map { start + $0 * strides[axis] } }
    }
    return places
  }
}
