import Networks
import Tensors

extension PictureRule {
  /// A convolution, whose weights are constants.
  static let convolution = PictureRule { translation, node in
    let place = try translation.input(node, 0)
    let layer = try convolution(
      node, weight: translation.requiredConstant(node, 1), bias: translation.constant(node, 2),
      input: translation.shape(of: place))
    try translation.append(layer, [place], for: node)
  }

  /// The largest values of windows.
  static let maxPool = PictureRule { translation, node in
    guard node.outputs.count == 1 else { throw node.invalid("the places of the largest values are wanted of it") }
    let place = try translation.input(node, 0)
    try translation.append(
      MaxPool(window(node, size: nil, input: translation.shape(of: place), pools: true)), [place], for: node)
  }

  /// The means of windows.
  static let averagePool = PictureRule { translation, node in
    let place = try translation.input(node, 0)
    let layer = AveragePool(
      try window(node, size: nil, input: translation.shape(of: place), pools: true),
      countsPadding: try node.integer("count_include_pad", default: 0) != 0)
    if layer.window.isPoint { try translation.pass(node) } else { try translation.append(layer, [place], for: node) }
  }

  /// The convolution of a node.
  private static func convolution(_ node: ONNXNode, weight: ONNXTensor, bias: ONNXTensor?, input: [Int]?) throws
    -> Convolution
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
  private static func window(_ node: ONNXNode, size: [Int]?, input: [Int]?, pools: Bool) throws -> Window {
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
}
