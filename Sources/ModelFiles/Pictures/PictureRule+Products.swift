import Networks
import Tensors

extension PictureRule {
  /// α W x + β b with constant weights.
  static let gemm = PictureRule { translation, node in
    guard try node.integer("transA", default: 0) == 0 else { throw node.invalid("its input is taken transposed") }
    let beta = try node.float("beta", default: 1)
    let layer = try fullyConnected(
      node, weight: translation.requiredConstant(node, 1), isTransposed: node.integer("transB", default: 0) != 0,
      factor: node.float("alpha", default: 1), bias: translation.constant(node, 2)?.floats().map { beta * $0 })
    try translation.append(layer, [translation.input(node, 0)], for: node)
  }

  /// W x with constant weights.
  static let matrixProduct = PictureRule { translation, node in
    let weight = try translation.requiredConstant(node, 1)
    try translation.append(
      fullyConnected(node, weight: weight, isTransposed: false, factor: 1, bias: nil),
      [translation.input(node, 0)], for: node)
  }

  /// y = factor · W x + b for weights as a file has them.
  private static func fullyConnected(
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
}
