import RealModule
public import Tensors

/// A function that is applied to each element: a layer without weights.
public enum Activation: String, ParallelLayer, CaseIterable {
  /// The rectifier max(x, 0), whose slope at 0 is taken to be 0.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// The logistic function 1 / (1 + e⁻ˣ).
  case sigmoid

  /// f(x) for each element x of the input.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    switch self {
    case .relu: inputs[0].map(workers: workers) { $0 > 0 ? $0 : 0 }
    case .tanh: inputs[0].map(workers: workers) { Float.tanh($0) }
    case .sigmoid: inputs[0].map(workers: workers) { 1 / (1 + Float.exp(-$0)) }
    }
  }

  /// signal · f′(x), where f′ follows from y = f(x): 1 where y > 0, 1 − y², or y(1 − y).
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    switch self {
    case .relu: signal.map(with: output, workers: workers) { $1 > 0 ? $0 : 0 }
    case .tanh: signal.map(with: output, workers: workers) { $0 * (1 - $1 * $1) }
    case .sigmoid: signal.map(with: output, workers: workers) { $0 * $1 * (1 - $1) }
    }
  }
}
