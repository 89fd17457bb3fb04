public import Tensors

/// How a signal at a layer's output becomes a signal at one of its inputs.
///
/// The true gradient is one rule; the methods that explain networks by a changed gradient are others. A rule changes
/// neither the network nor its forward run.
public protocol BackwardRule: Sendable {
  /// The signal at one input of a layer.
  /// - Parameters:
  ///   - signal: the signal at the layer's output, in its shape.
  ///   - layer: the layer.
  ///   - index: which of its inputs is meant.
  ///   - inputs: what the layer was given in the forward run.
  ///   - output: what it returned.
  /// - Returns: the signal at the input, in its shape.
  func propagate(
    _ signal: Tensor, through layer: any Layer, toInput index: Int, inputs: [Tensor], output: Tensor
  ) -> Tensor
}

/// The rule of the true gradient: each layer's own.
public struct TrueGradient: BackwardRule {
  /// The rule.
  public init() {}

  /// The gradient with regard to one input of the layer.
  public func propagate(
    _ signal: Tensor, through layer: any Layer, toInput index: Int, inputs: [Tensor], output: Tensor
  ) -> Tensor {
    layer.backward(signal, toInput: index, inputs: inputs, output: output)
  }
}

extension Network {
  /// Takes a signal at the network's output back to the output of a node; with the default rule that is the gradient
  /// of Σ seed · output.
  /// - Parameters:
  ///   - seed: the signal at the network's output, in its shape.
  ///   - trace: the forward run.
  ///   - rule: how a signal passes a layer.
  ///   - node: the node where the way ends; 0 is the network's input.
  /// - Returns: the signal at the node's output, in its shape; 0 where the network's output does not depend on it.
  public func backward(
    seed: Tensor, from trace: Trace, using rule: some BackwardRule = TrueGradient(), downTo node: Int = 0
  ) -> Tensor {
    var isWanted = [Bool](repeating: false, count: nodes.count)
    isWanted[node] = true
    return signals(seed: seed, from: trace, using: rule, downTo: isWanted)[node]
      ?? Tensor(shape: trace.outputs[node].shape)
  }

  /// The gradient of Σ seed · output with regard to all weights: for each node, in the order of its layer's weights;
  /// none for a layer without weights or without a way to the output.
  func gradients(seed: Tensor, from trace: Trace) -> [[Tensor]] {
    let signals = signals(
      seed: seed, from: trace, using: TrueGradient(), downTo: nodes.map { !$0.layer.weights.isEmpty })
    return zip(nodes, signals).map { node, signal in
      signal.map { node.layer.gradients($0, inputs: trace.inputs(of: node)) } ?? []
    }
  }

  /// The signal at the output of each node that lies between the network's output and a wanted node, those included.
  private func signals(
    seed: Tensor, from trace: Trace, using rule: some BackwardRule, downTo isWanted: [Bool]
  ) -> [Tensor?] {
    precondition(seed.shape == trace.output.shape, "Network: seed \(seed.shape), output \(trace.output.shape)")
    // A signal must reach a node that is wanted or that has a wanted one below it.
    var isNeeded = isWanted
    for (index, node) in nodes.enumerated() where node.inputs.contains(where: { isNeeded[$0] }) {
      isNeeded[index] = true
    }
    var signals = [Tensor?](repeating: nil, count: nodes.count)
    if isNeeded[nodes.count - 1] { signals[nodes.count - 1] = seed }
    for index in nodes.indices.reversed() {
      guard let signal = signals[index] else { continue }
      let node = nodes[index]
      for (place, source) in node.inputs.enumerated() where isNeeded[source] {
        let contribution = rule.propagate(
          signal, through: node.layer, toInput: place, inputs: trace.inputs(of: node), output: trace.outputs[index])
        signals[source] = signals[source].map { $0.map(with: contribution, +) } ?? contribution
      }
    }
    return signals
  }
}
