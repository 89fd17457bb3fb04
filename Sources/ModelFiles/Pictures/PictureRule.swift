import Networks

/// How an operator becomes layers of a network over pictures.
struct PictureRule: Sendable {
  /// Appends the layers of a node.
  let append: @Sendable (inout PictureTranslation, ONNXNode) throws -> Void

  /// A rule.
  init(_ append: @escaping @Sendable (inout PictureTranslation, ONNXNode) throws -> Void) { self.append = append }

  /// The operator changes nothing, and gets no layer.
  static let same = PictureRule { try $0.pass($1) }

  /// One layer that has no settings of the node's.
  static func layer(_ layer: any Layer) -> PictureRule {
    PictureRule { try $0.append(layer, [$0.input($1, 0)], for: $1) }
  }
}

extension ONNXNode {
  /// The same node with another first input.
  func taking(_ name: String) -> ONNXNode {
    var node = self
    node.inputs = [name] + inputs.dropFirst()
    return node
  }
}
