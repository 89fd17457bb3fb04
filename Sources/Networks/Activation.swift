import RealModule
public import Tensors

/// A function that is applied to each element: a layer without weights.
public enum Activation: String, Layer, CaseIterable {
  /// The rectifier max(x, 0), whose slope at 0 is taken to be 0.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// The logistic function 1 / (1 + e⁻ˣ).
  case sigmoid

  /// f(x) for each element x of the input.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    switch self {
    case .relu: inputs[0].map { $0 > 0 ? $0 : 0 }
    case .tanh: inputs[0].map { Float.tanh($0) }
    case .sigmoid: inputs[0].map { 1 / (1 + Float.exp(-$0)) }
    }
  }

  /// signal · f′(x), where f′ follows from y = f(x): 1 where y > 0, 1 − y², or y(1 − y).
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    switch self {
    case .relu: signal.map(with: output) { $1 > 0 ? $0 : 0 }
    case .tanh: signal.map(with: output) { $0 * (1 - $1 * $1) }
    case .sigmoid: signal.map(with: output) { $0 * $1 * (1 - $1) }
    }
  }
}
