public import Tensors

/// A layer y = W x + b, W being any linear map whose coefficients are given by weights: what the rules of relevance
/// and excitation take apart.
public protocol WeightedLayer: ParallelLayer {
  /// f(W) x, without the bias, for a function f of the weights.
  func product(_ input: Tensor, part: WeightPart, workers: Workers) -> Tensor

  /// f(W)ᵀ · signal, in the shape of `input`.
  func transposedProduct(_ signal: Tensor, part: WeightPart, input: Tensor, workers: Workers) -> Tensor

  /// b, as it is added to the output: a number for each of its channels.
  var bias: Tensor { get }
}

extension WeightedLayer {
  /// Wᵀ · signal.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    transposedProduct(signal, part: .all, input: inputs[0], workers: workers)
  }
}
