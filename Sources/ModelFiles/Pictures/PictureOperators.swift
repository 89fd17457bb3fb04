import Networks
import Tensors

extension PictureTranslation {
  /// The operators that networks over pictures are made of.
  static let operators: [String: Operator] = [
    "Conv": { translation, node in
      let place = try translation.input(node, 0)
      let layer = try convolution(
        node, weight: translation.requiredConstant(node, 1), bias: translation.constant(node, 2),
        input: translation.shape(of: place))
      try translation.append(layer, [place], for: node)
    },
    "Relu": { try $0.append(Activation.relu, [$0.input($1, 0)], for: $1) },
    "Sigmoid": { try $0.append(Activation.sigmoid, [$0.input($1, 0)], for: $1) },
    "Tanh": { try $0.append(Activation.tanh, [$0.input($1, 0)], for: $1) },
    "Clip": { translation, node in
      func bound(_ place: Int, _ key: String, _ open: Float) throws -> Float {
        if let value = try translation.constant(node, place)?.floats().first { return value }
        return try node.float(key, default: open)
      }
      let (lower, upper) = (try bound(1, "min", -.infinity), try bound(2, "max", .infinity))
      guard lower <= upper else { throw node.invalid("its bounds are \(lower) and \(upper)") }
      try translation.append(Clip(lower...upper), [translation.input(node, 0)], for: node)
    },
    "MaxPool": { translation, node in
      guard node.outputs.count == 1 else { throw node.invalid("the places of the largest values are wanted of it") }
      let place = try translation.input(node, 0)
      try translation.append(
        MaxPool(window(node, size: nil, input: translation.shape(of: place), pools: true)), [place], for: node)
    },
    "AveragePool": { translation, node in
      let place = try translation.input(node, 0)
      let layer = AveragePool(
        try window(node, size: nil, input: translation.shape(of: place), pools: true),
        countsPadding: try node.integer("count_include_pad", default: 0) != 0)
      if layer.window.isPoint { try translation.pass(node) } else { try translation.append(layer, [place], for: node) }
    },
    "GlobalAveragePool": { try $0.append(GlobalAveragePool(), [$0.input($1, 0)], for: $1) },
    "ReduceMean": { translation, node in
      let axes = try translation.constant(node, 1)?.integers() ?? node.integers("axes") ?? []
      guard Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [2, 3] else {
        throw node.invalid("the mean over the axes \(axes) is not one over pictures")
      }
      try translation.append(GlobalAveragePool(), [translation.input(node, 0)], for: node)
      if try node.integer("keepdims", default: 1) == 0 {
        try translation.append(Reshape.flatten, [translation.input(node.taking(node.outputs[0]), 0)], for: node)
      }
    },
    "BatchNormalization": { translation, node in
      let numbers = try (1...4).map { try translation.requiredConstant(node, $0).floats() }
      guard numbers.allSatisfy({ $0.count == numbers[0].count }) else {
        throw node.invalid("its constants differ in length")
      }
      let line = BatchNormalization(
        gamma: numbers[0], beta: numbers[1], mean: numbers[2], variance: numbers[3],
        epsilon: try node.float("epsilon", default: 1e-5))
      try translation.appendLine(line, for: node)
    },
    "LRN": { translation, node in
      let layer = LocalResponseNormalization(
        size: try max(1, node.integer("size", default: 1)), alpha: try node.float("alpha", default: 1e-4),
        beta: try node.float("beta", default: 0.75), bias: try node.float("bias", default: 1))
      try translation.append(layer, [translation.input(node, 0)], for: node)
    },
    "Add": { try $0.appendSum($1) },
    "Sum": { translation, node in
      try translation.append(Addition(), node.inputs.indices.map { try translation.input(node, $0) }, for: node)
    },
    "HardSigmoid": { translation, node in
      let layer = HardSigmoid(
        slope: try node.float("alpha", default: 0.2), intercept: try node.float("beta", default: 0.5))
      try translation.append(layer, [translation.input(node, 0)], for: node)
    },
    "HardSwish": { translation, node in
      let place = try translation.input(node, 0)
      try translation.append(HardSigmoid(slope: 1.0 / 6, intercept: 0.5), [place], for: node)
      try translation.append(
        Multiplication(gate: 1), [place, translation.input(node.taking(node.outputs[0]), 0)], for: node)
    },
    "Mul": { translation, node in
      if !translation.isConstant(node, 0), !translation.isConstant(node, 1) {
        try translation.appendProduct(node)
        return
      }
      let (value, constant) = try translation.valueAndConstant(node)
      let scale = try translation.perChannel(constant, of: value, node)
      try translation.appendLine(
        BatchNormalization(scale: scale, shift: Tensor(shape: scale.shape)), for: node.taking(node.inputs[value]))
    },
    "Div": { translation, node in
      let scale = try translation.perChannel(translation.requiredConstant(node, 1), of: 0, node).map { 1 / $0 }
      try translation.appendLine(BatchNormalization(scale: scale, shift: Tensor(shape: scale.shape)), for: node)
    },
    "Sub": { translation, node in
      let shift = try translation.perChannel(translation.requiredConstant(node, 1), of: 0, node).map { -$0 }
      try translation.appendLine(
        BatchNormalization(scale: Tensor(shape: shift.shape, repeating: 1), shift: shift), for: node)
    },
    "Concat": { translation, node in
      let axis = try node.integer("axis", default: 1)
      let places = try node.inputs.indices.map { try translation.input(node, $0) }
      guard axis == 1 || axis + (translation.shape(of: places[0])?.count ?? 4) == 1 else {
        throw node.invalid("only channels are put behind each other, the axis is \(axis)")
      }
      try translation.append(Concatenation(), places, for: node)
    },
    "Flatten": { translation, node in
      guard try node.integer("axis", default: 1) == 1 else { throw node.invalid("only pictures are flattened") }
      try translation.append(Reshape.flatten, [translation.input(node, 0)], for: node)
    },
    "Reshape": { translation, node in
      let place = try translation.input(node, 0)
      if translation.isOfShapes(node.inputs[1]) {
        try translation.append(Reshape.flatten, [place], for: node)
        return
      }
      let target = try translation.requiredConstant(node, 1).integers()
      try translation.append(reshape(node, target, from: translation.shape(of: place)), [place], for: node)
    },
    "Squeeze": { try $0.append(Reshape.flatten, [$0.input($1, 0)], for: $1) },
    "Dropout": { try $0.pass($1) },
    "Identity": { try $0.pass($1) },
    "Softmax": { try $0.append(Softmax(), [$0.input($1, 0)], for: $1) },
    "Gemm": { try $0.appendGemm($1) },
    "MatMul": { translation, node in
      let weight = try translation.requiredConstant(node, 1)
      try translation.append(
        fullyConnected(node, weight: weight, isTransposed: false, factor: 1, bias: nil),
        [translation.input(node, 0)], for: node)
    },
  ]

  /// The convolution of a node.
  static func convolution(_ node: ONNXNode, weight: ONNXTensor, bias: ONNXTensor?, input: [Int]?) throws -> Convolution
  {
    let groups = try node.integer("group", default: 1)
    guard weight.shape.count == 4, groups >= 1, weight.shape[0] % groups == 0, weight.count > 0 else {
      throw node.invalid("its weights have the shape \(weight.shape) and it has \(groups) groups")
    }
    let outputs = weight.shape[0]
    let numbers = try bias?.floats() ?? [Float](repeating: 0, count: outputs)
    guard numbers.count == outputs else { throw node.invalid("it has \(outputs) outputs and \(numbers.count) biases") }
    return Convolution(
      weight: Tensor(shape: weight.shape, elements: try weight.floats()),
      bias: Tensor(shape: [outputs], elements: numbers),
      window: try window(node, size: Array(weight.shape[2...]), input: input, pools: false), groups: groups)
  }

  /// How a node's window moves.
  static func window(_ node: ONNXNode, size: [Int]?, input: [Int]?, pools: Bool) throws -> Window {
    guard let size = try size ?? node.integers("kernel_shape"), size.count == 2 else {
      throw node.invalid("only windows over the two axes of pictures are supported")
    }
    let step = try node.integers("strides") ?? [1, 1]
    let dilation = try node.integers("dilations") ?? [1, 1]
    let given = try node.integers("pads") ?? [0, 0, 0, 0]
    guard step.count == 2, dilation.count == 2, given.count == 4,
      (size + step + dilation).allSatisfy({ 1...4096 ~= $0 }),
      given.allSatisfy({ 0...4096 ~= $0 })
    else {
      throw node.invalid("its window is \(size), its strides \(step), its pads \(given), its dilations \(dilation)")
    }
    let padding = try padding(node, given, size, step, dilation, input)
    return Window(
      size: size, step: step, padding: padding, dilation: dilation,
      roundsUp: try pools && node.integer("ceil_mode", default: 0) != 0)
  }

  /// The padding that is given, or that keeps ⌈length / step⌉ places.
  private static func padding(
    _ node: ONNXNode, _ given: [Int], _ size: [Int], _ step: [Int], _ dilation: [Int], _ input: [Int]?
  ) throws -> [Int] {
    let mode = try node.string("auto_pad", default: "NOTSET")
    if mode == "NOTSET" || mode == "" { return given }
    if mode == "VALID" { return [0, 0, 0, 0] }
    guard mode == "SAME_UPPER" || mode == "SAME_LOWER" else { throw node.invalid("auto_pad is \"\(mode)\"") }
    var padding = [0, 0, 0, 0]
    for axis in 0..<2 {
      guard let length = step[axis] == 1 ? 1 : input?[axis + 2] else {
        throw node.invalid("its padding depends on the picture's size, which the file leaves open")
      }
      let span = dilation[axis] * (size[axis] - 1) + 1
      let total = max(0, ((length + step[axis] - 1) / step[axis] - 1) * step[axis] + span - length)
      padding[axis] = mode == "SAME_UPPER" ? total / 2 : (total + 1) / 2
      padding[axis + 2] = total - padding[axis]
    }
    return padding
  }

  /// A reshape of each example of a batch.
  private static func reshape(_ node: ONNXNode, _ target: [Int], from source: [Int]?) throws -> Reshape {
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

  /// y = factor · W x + b for weights as a file has them.
  static func fullyConnected(
    _ node: ONNXNode, weight: ONNXTensor, isTransposed: Bool, factor: Float, bias: [Float]?
  ) throws -> FullyConnected {
    guard weight.shape.count == 2, weight.count > 0 else {
      throw node.invalid("its weights have the shape \(weight.shape)")
    }
    let (outputs, inputs) = isTransposed ? (weight.shape[0], weight.shape[1]) : (weight.shape[1], weight.shape[0])
    var numbers = try weight.floats()
    if !isTransposed {
      let given = numbers
      for output in 0..<outputs {
        for input in 0..<inputs { numbers[output * inputs + input] = given[input * outputs + output] }
      }
    }
    if factor != 1 { numbers = numbers.map { factor * $0 } }
    let added = bias ?? [Float](repeating: 0, count: outputs)
    guard added.count == outputs || added.count == 1 else {
      throw node.invalid("it has \(outputs) outputs and \(added.count) biases")
    }
    return FullyConnected(
      weight: Tensor(shape: [outputs, inputs], elements: numbers),
      bias: Tensor(
        shape: [outputs], elements: added.count == outputs ? added : [Float](repeating: added[0], count: outputs)))
  }

  private mutating func appendGemm(_ node: ONNXNode) throws {
    guard try node.integer("transA", default: 0) == 0 else { throw node.invalid("its input is taken transposed") }
    let beta = try node.float("beta", default: 1)
    let layer = try Self.fullyConnected(
      node, weight: requiredConstant(node, 1), isTransposed: node.integer("transB", default: 0) != 0,
      factor: node.float("alpha", default: 1), bias: constant(node, 2)?.floats().map { beta * $0 })
    try append(layer, [input(node, 0)], for: node)
  }

  /// The sum of two values, or of a value and a number for each channel.
  private mutating func appendSum(_ node: ONNXNode) throws {
    if !isConstant(node, 0), !isConstant(node, 1) {
      try append(Addition(), [input(node, 0), input(node, 1)], for: node)
      return
    }
    let (value, constant) = try valueAndConstant(node)
    let shift = try perChannel(constant, of: value, node)
    try appendLine(
      BatchNormalization(scale: Tensor(shape: shift.shape, repeating: 1), shift: shift),
      for: node.taking(node.inputs[value]))
  }

  /// The product of two values, of which the gate is the smaller one, or the one that a sigmoid gives.
  private mutating func appendProduct(_ node: ONNXNode) throws {
    let places = try [input(node, 0), input(node, 1)]
    let isSmall = places.map { place in shape(of: place).map { $0[2...].allSatisfy { $0 == 1 } } ?? false }
    let gate = isSmall[0] != isSmall[1] ? (isSmall[0] ? 0 : 1) : (isSigmoid(places[0]) ? 0 : 1)
    try append(Multiplication(gate: gate), places, for: node)
  }

  /// The place of the input that depends on the picture, and the constant beside it.
  private func valueAndConstant(_ node: ONNXNode) throws -> (value: Int, constant: ONNXTensor) {
    let value = isConstant(node, 0) ? 1 : 0
    return (value, try requiredConstant(node, 1 - value))
  }

  /// A line for each channel, folded into a convolution before it where there is one.
  private mutating func appendLine(_ line: BatchNormalization, for node: ONNXNode) throws {
    if let (place, layer) = convolution(before: node), layer.bias.shape == line.scale.shape {
      replace(place, with: layer.folding(line), for: node)
    } else {
      try append(line, [input(node, 0)], for: node)
    }
  }

  /// A constant that has one number for each channel of a value, or one for all.
  private func perChannel(_ constant: ONNXTensor, of value: Int, _ node: ONNXNode) throws -> Tensor {
    guard let shape = shape(of: try input(node, value)) else { throw node.invalid("the shape before it is not known") }
    let channels = shape[1]
    let numbers = try constant.floats()
    // Seen from the right, all axes but that of the channels must be of length 1.
    let axis = constant.shape.count - (shape.count - 1)
    guard numbers.count == 1 || numbers.count == channels && axis >= 0 && constant.shape[axis] == channels else {
      throw node.invalid("a constant of the shape \(constant.shape) beside \(shape) is not one number a channel")
    }
    return Tensor(
      shape: [channels], elements: numbers.count == 1 ? [Float](repeating: numbers[0], count: channels) : numbers)
  }
}

extension ONNXNode {
  /// The same node with another first input.
  fileprivate func taking(_ name: String) -> ONNXNode {
    var node = self
    node.inputs = [name] + inputs.dropFirst()
    return node
  }
}
