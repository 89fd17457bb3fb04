import ModelFiles

/// Runs one operator.
enum OneOperator {
  /// A node of the operator, named as in the table: with its domain, if it has one. Its inputs are `i0`, `i1` and so
  /// on, the results `o0`, `o1` and so on.
  static func node(
    _ name: String, inputs: Int, _ attributes: [String: ONNXAttribute] = [:], outputs: Int = 1, opset: Int? = nil
  ) -> ONNXNode {
    let (domain, kind): (String, String) =
      if let dot = name.lastIndex(of: ".") {
        (String(name[..<dot]), String(name[name.index(after: dot)...]))
      } else {
        ("", name)
      }
    return ONNXNode(
      name: "n", kind: kind, domain: domain, opset: opset ?? (domain.isEmpty ? 15 : 3),
      inputs: (0..<inputs).map { "i\($0)" }, outputs: (0..<outputs).map { "o\($0)" }, attributes: attributes)
  }

  /// The results of a node whose inputs have the given values, nil for one that is left out.
  static func run(_ node: ONNXNode, _ inputs: [ONNXTensor?]) throws -> [ONNXTensor] {
    var node = node
    for place in inputs.indices where inputs[place] == nil { node.inputs[place] = "" }
    let graph = ONNXGraph(
      outputs: node.outputs.map { ONNXValue(name: $0, type: .float, shape: nil) }, nodes: [node])
    let given = inputs.enumerated().compactMap { place, value in value.map { ("i\(place)", $0) } }
    let results = try GraphEvaluator(graph).run(Dictionary(uniqueKeysWithValues: given))
    return node.outputs.compactMap { results[$0] }
  }

  /// The only result of an operator for inputs of the given values.
  static func run(
    _ name: String, _ inputs: [ONNXTensor?], _ attributes: [String: ONNXAttribute] = [:], opset: Int? = nil
  ) throws -> ONNXTensor {
    try run(node(name, inputs: inputs.count, attributes, opset: opset), inputs)[0]
  }

  /// A row of single-precision numbers.
  static func row(_ numbers: Float...) -> ONNXTensor { ONNXTensor([1, numbers.count], numbers) }

  /// Texts in a column.
  static func words(_ words: String...) -> ONNXTensor {
    ONNXTensor(shape: [words.count, 1], elements: .strings(words))
  }

  /// Truth values in a row.
  static func truths(_ values: Bool...) -> ONNXTensor {
    ONNXTensor(shape: [1, values.count], elements: .booleans(values))
  }
}
