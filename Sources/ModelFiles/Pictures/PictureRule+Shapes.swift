import Networks

extension PictureRule {
  /// Channels one behind the other.
  static let concatenation = PictureRule { translation, node in
    let axis = try node.integer("axis", default: 1)
    let places = try node.inputs.indices.map { try translation.input(node, $0) }
    guard axis == 1 || axis + (translation.shape(of: places[0])?.count ?? 4) == 1 else {
      throw node.invalid("only channels are put behind each other, the axis is \(axis)")
    }
    try translation.append(Concatenation(), places, for: node)
  }

  /// A picture as one row of numbers.
  static let flatten = PictureRule { translation, node in
    guard try node.integer("axis", default: 1) == 1 else { throw node.invalid("only pictures are flattened") }
    try translation.append(Reshape.flatten, [translation.input(node, 0)], for: node)
  }

  /// Another shape for each picture.
  static let reshape = PictureRule { translation, node in
    let place = try translation.input(node, 0)
    if translation.isOfShapes(node.inputs[1]) {
      try translation.append(Reshape.flatten, [place], for: node)
      return
    }
    let target = try translation.requiredConstant(node, 1).integers()
    try translation.append(reshaped(node, target, from: translation.shape(of: place)), [place], for: node)
  }

  /// The mean of each channel.
  static let mean = PictureRule { translation, node in
    let axes = try translation.constant(node, 1)?.integers() ?? node.integers("axes") ?? []
    guard Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [2, 3] else {
      throw node.invalid("the mean over the axes \(axes) is not one over pictures")
    }
    try translation.append(GlobalAveragePool(), [translation.input(node, 0)], for: node)
    if try node.integer("keepdims", default: 1) == 0 {
      try translation.append(Reshape.flatten, [translation.input(node.taking(node.outputs[0]), 0)], for: node)
    }
  }

  /// A reshape of each example of a batch.
  private static func reshaped(_ node: ONNXNode, _ target: [Int], from source: [Int]?) throws -> Reshape {
    guard let batch = target.first, batch == 0 || batch == -1 || batch == 1 || target.count == 2 && target[1] > 0 else {
      throw node.invalid("it changes the number of pictures")
    }
    if target.count == 2 { return .flatten }
    let lengths = try target.enumerated().dropFirst().map { place, length in
      guard length == 0 else { return length }
      guard let source, place < source.count else { throw node.invalid("the shape before it is not known") }
      return source[place]
    }
    let product = lengths.filter { $0 >= 0 }.reduce(1, *)
    return Reshape(
      try lengths.map { length in
        guard length < 0 else { return length }
        guard let source, product > 0 else { throw node.invalid("the shape before it is not known") }
        return source.dropFirst().reduce(1, *) / product
      })
  }
}
