import RealModule
import Tensors

/// How weights follow the gradient.
public enum Optimizer: Sendable, Equatable {
  /// Adam (Kingma & Ba, arXiv 1412.6980, algorithm 1): with m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g² and the
  /// corrections m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in step t, w ← w − rate · m̂ / (√v̂ + ε);
  /// β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
  case adam
  /// Stochastic gradient descent with momentum μ: m ← μm + g, w ← w − rate · m.
  case descent(momentum: Double)
}

/// An optimiser's memory of the gradients of a network's weights, in the weights' own precision. (Where few numbers
/// take steps, in `Images`, Adam is kept in Doubles by a type of its own.)
struct OptimizerState: Sendable {
  private let optimizer: Optimizer
  private let rate: Double
  /// m, and for Adam v, for each tensor of weights in the order of the nodes.
  private var first: [[Float]]
  private var second: [[Float]]
  private var step = 0

  /// The state before the first step, for a network's weights and a learning rate.
  init(_ optimizer: Optimizer, rate: Double, for network: Network) {
    self.optimizer = optimizer
    self.rate = rate
    let counts = network.nodes.flatMap { $0.layer.weights.map(\.elements.count) }
    first = counts.map { [Float](repeating: 0, count: $0) }
    second = optimizer == .adam ? first : []
  }

  /// Changes the weights by one step.
  /// - Parameters:
  ///   - network: the network whose weights change.
  ///   - gradients: the gradient, for each node the tensors of its weights.
  ///   - decay: what of the weights is added to their gradient, for tensors of two or more axes.
  mutating func update(_ network: inout Network, gradients: [[Tensor]], decay: Float) {
    step += 1
    var place = 0
    for index in network.nodes.indices {
      network.nodes[index].layer.updateWeights { number, weights in
        change(
          &weights.elements, gradients[index][number].elements, decay: weights.shape.count > 1 ? decay : 0, at: place)
        place += 1
      }
    }
  }

  private mutating func change(_ weights: inout [Float], _ gradient: [Float], decay: Float, at place: Int) {
    switch optimizer {
    case .descent(let momentum):
      let momentum = Float(momentum)
      let rate = Float(rate)
      Self.forEach(&weights, &first[place], gradient) { weight, first, gradient in
        first = momentum * first + gradient + decay * weight
        weight -= rate * first
      }
    case .adam:
      let firstCorrection = 1 - Double.pow(0.9, step)
      let secondCorrection = (1 - Double.pow(0.999, step)).squareRoot()
      // rate · m̂ / (√v̂ + ε) with the corrections taken out of the loop.
      let rate = Float(rate * secondCorrection / firstCorrection)
      let epsilon = Float(1e-8 * secondCorrection)
      second[place].withUnsafeMutableBufferPointer { second in
        var index = 0
        Self.forEach(&weights, &first[place], gradient) { weight, first, gradient in
          let gradient = gradient + decay * weight
          first = 0.9 * first + 0.1 * gradient
          second[index] = 0.999 * second[index] + 0.001 * gradient * gradient
          weight -= rate * first / (second[index].squareRoot() + epsilon)
          index += 1
        }
      }
    }
  }

  /// Calls `body` for the elements of the same place in each array.
  @inline(__always)
  private static func forEach(
    _ weights: inout [Float], _ first: inout [Float], _ gradient: [Float],
    _ body: (_ weight: inout Float, _ first: inout Float, _ gradient: Float) -> Void
  ) {
    precondition(weights.count == gradient.count && first.count == gradient.count, "OptimizerState: other shapes")
    weights.withUnsafeMutableBufferPointer { weights in
      first.withUnsafeMutableBufferPointer { first in
        gradient.withUnsafeBufferPointer { gradient in
          for index in 0..<gradient.count { body(&weights[index], &first[index], gradient[index]) }
        }
      }
    }
  }
}
