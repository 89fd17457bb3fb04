import Foundation
import Tensors

@testable import Networks

/// A network computed example by example in Double with plain loops: the slow twin of `Network`.
struct LiteralNetwork {
  let network: Network

  /// The outputs of all nodes for one example.
  func forward(_ input: [Double]) -> [[Double]] {
    var outputs: [[Double]] = []
    for node in network.nodes {
      let x = node.inputs.map { outputs[$0] }
      switch node.layer {
      case let dense as Dense:
        outputs.append(
          dense.bias.elements.indices.map { j in
            Double(dense.bias.elements[j])
              + x[0].indices.reduce(0) { sum, i in
                sum + x[0][i] * Double(dense.weight.elements[i * dense.bias.elements.count + j])
              }
          })
      case let activation as Activation: outputs.append(x[0].map { value(activation, $0) })
      case is Sum: outputs.append(zip(x[0], x[1]).map { $0 + $1 })
      default: outputs.append(input)
      }
    }
    return outputs
  }

  /// The gradient of Σ seed · output with regard to the outputs of all nodes, for one example.
  func backward(_ seed: [Double], _ outputs: [[Double]]) -> [[Double]] {
    var signals = outputs.map { $0.map { _ in 0.0 } }
    signals[signals.count - 1] = seed
    for (index, node) in network.nodes.enumerated().reversed() {
      let signal = signals[index]
      switch node.layer {
      case let dense as Dense:
        for i in outputs[node.inputs[0]].indices {
          for j in signal.indices {
            signals[node.inputs[0]][i] += signal[j] * Double(dense.weight.elements[i * signal.count + j])
          }
        }
      case let activation as Activation:
        for i in signal.indices {
          signals[node.inputs[0]][i] += signal[i] * slope(activation, outputs[node.inputs[0]][i])
        }
      case is Sum:
        for i in signal.indices {
          signals[node.inputs[0]][i] += signal[i]
          signals[node.inputs[1]][i] += signal[i]
        }
      default: break
      }
    }
    return signals
  }

  private func value(_ activation: Activation, _ x: Double) -> Double {
    switch activation {
    case .relu: max(x, 0)
    case .tanh: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    }
  }

  private func slope(_ activation: Activation, _ x: Double) -> Double {
    switch activation {
    case .relu: x > 0 ? 1 : 0
    case .tanh: 1 / (cosh(x) * cosh(x))
    case .sigmoid: exp(-x) / ((1 + exp(-x)) * (1 + exp(-x)))
    }
  }
}

/// x + y: a layer of two inputs, as a user of the library would add one.
struct Sum: Layer {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].map(with: inputs[1], +) }
  func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor { signal }
}

/// Random networks and batches.
enum RandomNetworks {
  /// A chain of up to three hidden layers, or a graph where two nodes meet and one is used twice.
  static func network(inputs: Int, outputs: Int, using generator: inout SeededGenerator) -> Network {
    let width = 1 + Int(UInt32.random(in: 0..<6, using: &generator))
    func dense(_ inputs: Int, _ outputs: Int) -> Dense {
      let weight = tensor([inputs, outputs], using: &generator)
      return Dense(weight: weight, bias: tensor([outputs], using: &generator))
    }
    func activation() -> Activation { Activation.allCases[Int(UInt32.random(in: 0..<3, using: &generator))] }
    if UInt32.random(in: 0..<2, using: &generator) == 0 {
      return Network(chain: [
        dense(inputs, width), activation(), dense(width, width), activation(), dense(width, outputs),
      ])
    }
    return Network([
      Network.Node(Input(), inputs: []), Network.Node(dense(inputs, width), inputs: [0]),
      Network.Node(activation(), inputs: [1]), Network.Node(dense(width, width), inputs: [2]),
      Network.Node(Sum(), inputs: [2, 3]), Network.Node(activation(), inputs: [4]),
      Network.Node(dense(width, outputs), inputs: [5]),
    ])
  }

  /// Numbers from the standard normal distribution.
  static func tensor(_ shape: [Int], using generator: inout SeededGenerator) -> Tensor {
    Tensor(
      shape: shape,
      elements: (0..<shape.reduce(1, *)).map { _ in Float(NormalDistribution.quantile(generator.uniform())) })
  }
}
