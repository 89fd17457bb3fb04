public import Tensors

/// The sum of tensors of the same shape.
public struct Addition: ParallelLayer {
  /// A sum.
  public init() {}

  /// That of the inputs, which must be the same.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.allSatisfy { $0 == inputs.first } ? inputs.first : nil
  }

  /// Σ x.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    inputs.dropFirst().reduce(inputs[0]) { $0.map(with: $1, workers: workers) { $0 + $1 } }
  }

  /// The signal.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor { signal }
}
