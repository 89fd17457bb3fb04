public import Tensors

/// min(max(x, lower), upper): the rectifier that ends at 6, for one.
public struct Clip: ParallelLayer {
  /// The least output.
  public let lower: Float
  /// The largest output.
  public let upper: Float

  /// A clip to a range.
  public init(_ range: ClosedRange<Float>) { (lower, upper) = (range.lowerBound, range.upperBound) }

  /// The nearest number of the range.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    inputs[0].map(workers: workers) { min(max($0, lower), upper) }
  }

  /// The signal where the output lies between the bounds, else 0.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    signal.map(with: output, workers: workers) { $1 > lower && $1 < upper ? $0 : 0 }
  }
}
