import Networks
import Tensors

extension PictureRule {
  /// A line for each channel.
  static let normalization = PictureRule { translation, node in
    let numbers = try (1...4).map { try translation.requiredConstant(node, $0).floats() }
    guard numbers.allSatisfy({ $0.count == numbers[0].count }) else {
      throw node.invalid("its constants differ in length")
    }
    let line = BatchNormalization(
      gamma: numbers[0], beta: numbers[1], mean: numbers[2], variance: numbers[3],
      epsilon: try node.float("epsilon", default: 1e-5))
    try translation.appendLine(line, for: node)
  }

  /// The sum of two values, or of a value and a number for each channel.
  static let sum = PictureRule { translation, node in
    if !translation.isConstant(node, 0), !translation.isConstant(node, 1) {
      try translation.append(Addition(), [translation.input(node, 0), translation.input(node, 1)], for: node)
      return
    }
    let (value, constant) = try translation.valueAndConstant(node)
    let shift = try translation.perChannel(constant, of: value, node)
    try translation.appendLine(
      BatchNormalization(scale: Tensor(shape: shift.shape, repeating: 1), shift: shift),
      for: node.taking(node.inputs[value]))
  }

  /// The sum of values.
  static let sumOfAll = PictureRule { translation, node in
    try translation.append(Addition(), node.inputs.indices.map { try translation.input(node, $0) }, for: node)
  }

  /// A value less a number for each channel.
  static let difference = PictureRule { translation, node in
    let shift = try translation.perChannel(translation.requiredConstant(node, 1), of: 0, node).map { -$0 }
    try translation.appendLine(
      BatchNormalization(scale: Tensor(shape: shift.shape, repeating: 1), shift: shift), for: node)
  }

  /// The product of two values, or of a value and a number for each channel.
  static let product = PictureRule { translation, node in
    if !translation.isConstant(node, 0), !translation.isConstant(node, 1) {
      try translation.appendProduct(node)
      return
    }
    let (value, constant) = try translation.valueAndConstant(node)
    let scale = try translation.perChannel(constant, of: value, node)
    try translation.appendLine(
      BatchNormalization(scale: scale, shift: Tensor(shape: scale.shape)), for: node.taking(node.inputs[value]))
  }

  /// A value by a number for each channel.
  static let quotient = PictureRule { translation, node in
    let scale = try translation.perChannel(translation.requiredConstant(node, 1), of: 0, node).map { 1 / $0 }
    try translation.appendLine(BatchNormalization(scale: scale, shift: Tensor(shape: scale.shape)), for: node)
  }
}

extension PictureTranslation {
  /// The product of two values, of which the gate is the smaller one, or the one that a sigmoid gives.
  fileprivate mutating func appendProduct(_ node: ONNXNode) throws {
    let places = try [input(node, 0), input(node, 1)]
    let isSmall = places.map { place in shape(of: place).map { $0.dropFirst(2).allSatisfy { $0 == 1 } } ?? false }
    let gate = isSmall[0] != isSmall[1] ? (isSmall[0] ? 0 : 1) : (isSigmoid(places[0]) ? 0 : 1)
    try append(Multiplication(gate: gate), places, for: node)
  }

  /// The place of the input that depends on the picture, and the constant beside it.
  fileprivate func valueAndConstant(_ node: ONNXNode) throws -> (value: Int, constant: ONNXTensor) {
    let value = isConstant(node, 0) ? 1 : 0
    return (value, try requiredConstant(node, 1 - value))
  }

  /// A line for each channel, folded into a convolution before it where there is one.
  fileprivate mutating func appendLine(_ line: BatchNormalization, for node: ONNXNode) throws {
    if let (place, layer) = convolution(before: node), layer.bias.shape == line.scale.shape {
      replace(place, with: layer.folding(line), for: node)
    } else {
      try append(line, [input(node, 0)], for: node)
    }
  }

  /// A constant that has one number for each channel of a value, or one for all.
  fileprivate func perChannel(_ constant: ONNXTensor, of value: Int, _ node: ONNXNode) throws -> Tensor {
    guard let shape = shape(of: try input(node, value)) else { throw node.invalid("the shape before it is not known") }
    let channels = shape.count > 1 ? shape[1] : 0
    let numbers = try constant.floats()
    // Seen from the right, all axes but that of the channels must be of length 1.
    let axis = constant.shape.count - (shape.count - 1)
    guard channels > 0, numbers.count == 1 || numbers.count == channels && axis >= 0 && constant.shape[axis] == channels
    else {
      throw node.invalid("a constant of the shape \(constant.shape) beside \(shape) is not one number a channel")
    }
    return Tensor(
      shape: [channels], elements: numbers.count == 1 ? [Float](repeating: numbers[0], count: channels) : numbers)
  }
}
