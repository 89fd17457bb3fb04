public import Tensors

/// One operation of a network: a function of one or more tensors, with the weights that it needs.
///
/// Tensors hold a batch of examples along their first axis; each digit of an example's output depends on that example
/// alone, neither on the others nor on its place.
/// A new kind of layer is a new type in a file of its own.
public protocol Layer: Sendable {
  /// The output for the given inputs.
  func forward(_ inputs: [Tensor]) -> Tensor

  /// The true gradient's way back: Σ over the outputs y of `signal`(y) · ∂y/∂x for each element x of one input.
  /// - Parameters:
  ///   - signal: the gradient with regard to the output, in the output's shape.
  ///   - index: which of the inputs is meant.
  ///   - inputs: what `forward` was given.
  ///   - output: what `forward` returned.
  /// - Returns: the gradient with regard to the input, in its shape.
  func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor

  /// The weights, in a fixed order. Tensors of two or more axes are multiplied with inputs, others are added.
  var weights: [Tensor] { get }

  /// Σ over the batch and the outputs y of `signal`(y) · ∂y/∂w for each of the weights w, in their order and shapes.
  func gradients(_ signal: Tensor, inputs: [Tensor]) -> [Tensor]

  /// Hands each of the weights to `body`, with its place in their order, to be changed where it is.
  mutating func updateWeights(_ body: (Int, inout Tensor) -> Void)

  /// The shape of the output for inputs of the given shapes; nil where the layer cannot take them.
  func outputShape(_ inputs: [[Int]]) -> [Int]?
}

extension Layer {
  /// None, for a layer without weights.
  public var weights: [Tensor] { [] }

  /// None, for a layer without weights.
  public func gradients(_ signal: Tensor, inputs: [Tensor]) -> [Tensor] { [] }

  /// Does nothing, for a layer without weights.
  public mutating func updateWeights(_ body: (Int, inout Tensor) -> Void) {}

  /// The first input's, for a layer that changes no shape.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? { inputs.first }
}

/// A layer whose work on one batch, or on one example, several threads can share. The digits do not depend on their
/// number.
public protocol ParallelLayer: Layer {
  /// As `forward(_:)`.
  func forward(_ inputs: [Tensor], workers: Workers) -> Tensor

  /// As `backward(_:toInput:inputs:output:)`.
  func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor
}

extension ParallelLayer {
  /// The output for the given inputs, by the calling thread.
  public func forward(_ inputs: [Tensor]) -> Tensor { forward(inputs, workers: .one) }

  /// The true gradient's way back, by the calling thread.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    backward(signal, toInput: index, inputs: inputs, output: output, workers: .one)
  }
}

/// Where a network's input enters: the identity.
public struct Input: Layer {
  /// The entrance of a network.
  public init() {}

  /// The input itself.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// The signal itself.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor { signal }
}
