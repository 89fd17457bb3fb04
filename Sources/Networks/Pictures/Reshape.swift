public import Tensors

/// The same elements of each example in another shape.
public struct Reshape: Layer {
  /// The shape of an example; nil: all in one row.
  public let shape: [Int]?

  /// One row an example.
  public static let flatten = Reshape(nil)

  /// A reshape of each example.
  public init(_ shape: [Int]?) { self.shape = shape }

  /// `[batch] + shape`, where the number of elements is the same.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    guard inputs.count == 1, let batch = inputs[0].first else { return nil }
    let count = inputs[0].dropFirst().reduce(1, *)
    let wanted = shape ?? [count]
    return wanted.reduce(1, *) == count ? [batch] + wanted : nil
  }

  /// The input in the other shape.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    guard let shape = outputShape([inputs[0].shape]) else {
      preconditionFailure("Reshape: input \(inputs[0].shape), shape \(shape ?? [])")
    }
    return Tensor(shape: shape, elements: inputs[0].elements)
  }

  /// The signal in the input's shape.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    Tensor(shape: inputs[0].shape, elements: signal.elements)
  }
}
