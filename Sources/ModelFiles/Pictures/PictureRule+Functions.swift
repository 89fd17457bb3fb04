import Networks

extension PictureRule {
  /// Bounds for each value.
  static let clip = PictureRule { translation, node in
    func bound(_ place: Int, _ key: String, _ open: Float) throws -> Float {
      if let value = try translation.constant(node, place)?.floats().first { return value }
      return try node.float(key, default: open)
    }
    let (lower, upper) = (try bound(1, "min", -.infinity), try bound(2, "max", .infinity))
    guard lower <= upper else { throw node.invalid("its bounds are \(lower) and \(upper)") }
    try translation.append(Clip(lower...upper), [translation.input(node, 0)], for: node)
  }

  /// A line between 0 and 1.
  static let hardSigmoid = PictureRule { translation, node in
    let layer = HardSigmoid(
      slope: try node.float("alpha", default: 0.2), intercept: try node.float("beta", default: 0.5))
    try translation.append(layer, [translation.input(node, 0)], for: node)
  }

  /// x times a line between 0 and 1.
  static let hardSwish = PictureRule { translation, node in
    let place = try translation.input(node, 0)
    try translation.append(HardSigmoid(slope: 1.0 / 6, intercept: 0.5), [place], for: node)
    try translation.append(
      Multiplication(gate: 1), [place, translation.input(node.taking(node.outputs[0]), 0)], for: node)
  }

  /// Values by the size of their neighbours in other channels.
  static let localNormalization = PictureRule { translation, node in
    let layer = LocalResponseNormalization(
      size: try max(1, node.integer("size", default: 1)), alpha: try node.float("alpha", default: 1e-4),
      beta: try node.float("beta", default: 0.75), bias: try node.float("bias", default: 1))
    try translation.append(layer, [translation.input(node, 0)], for: node)
  }
}
