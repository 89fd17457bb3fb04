public import Tensors

/// The sigmoid in three straight pieces, min(max(α x + β, 0), 1).
public struct HardSigmoid: ParallelLayer {
  /// α.
  public let slope: Float
  /// β.
  public let intercept: Float

  /// The function for an α and a β.
  public init(slope: Float, intercept: Float) {
    self.slope = slope
    self.intercept = intercept
  }

  /// min(max(α x + β, 0), 1) for each element x.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    inputs[0].map(workers: workers) { min(max(slope * $0 + intercept, 0), 1) }
  }

  /// α · signal where the output lies between 0 and 1, else 0.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    signal.map(with: output, workers: workers) { $1 > 0 && $1 < 1 ? slope * $0 : 0 }
  }
}
