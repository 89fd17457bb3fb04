public import Tensors

/// How a signal at a layer's output becomes a signal at one of its inputs.
///
/// The true gradient is one rule; the methods that explain networks by a changed gradient are others. A rule changes
/// neither the network nor its forward run.
public protocol BackwardRule: Sendable {
  /// What keeps the rule from passing a layer; nothing does, unless a rule says so.
  associatedtype Failure: Error = Never

  /// The signal at one input of a layer.
  /// - Parameters:
  ///   - signal: the signal at the layer's output, in its shape.
  ///   - passage: the layer, which of its inputs is meant, and its part of the forward run.
  /// - Returns: the signal at the input, in its shape.
  /// - Throws: what keeps the rule from passing the layer.
  func propagate(_ signal: Tensor, through passage: Passage) throws(Failure) -> Tensor
}

/// A layer that a signal passes on the way back.
public struct Passage: Sendable {
  /// The layer.
  public let layer: any Layer
  /// The layer's place among the network's nodes.
  public let node: Int
  /// What the layer may be called, if it has names.
  public let names: [String]
  /// Which of the layer's inputs is meant.
  public let index: Int
  /// What the layer was given in the forward run.
  public let inputs: [Tensor]
  /// What it returned.
  public let output: Tensor
  /// The threads that share the work.
  public let workers: Workers

  /// The layer's name, or its place where it has none.
  public var name: String { names.first ?? "\(node)" }

  /// The input that is meant.
  public var input: Tensor { inputs[index] }

  /// The true gradient's way from the output to the input.
  public func gradient(_ signal: Tensor) -> Tensor {
    if let layer = layer as? any ParallelLayer {
      return layer.backward(signal, toInput: index, inputs: inputs, output: output, workers: workers)
    }
    return layer.backward(signal, toInput: index, inputs: inputs, output: output)
  }
}

/// The rule of the true gradient: each layer's own.
public struct TrueGradient: BackwardRule {
  /// The rule.
  public init() {}

  /// The gradient with regard to one input of the layer.
  public func propagate(_ signal: Tensor, through passage: Passage) -> Tensor { passage.gradient(signal) }
}

extension Network {
  /// Takes a signal at the network's output back to the output of a node; with the default rule that is the gradient
  /// of Σ seed · output.
  /// - Parameters:
  ///   - seed: the signal at the network's output, in its shape.
  ///   - trace: the forward run.
  ///   - rule: how a signal passes a layer.
  ///   - top: the node at whose output the signal starts; nil: the last one.
  ///   - node: the node where the way ends; 0 is the network's input.
  ///   - workers: the threads that share the work on each node.
  /// - Returns: the signal at the node's output, in its shape; 0 where the network's output does not depend on it.
  /// - Throws: what keeps the rule from passing a layer.
  public func backward<Rule: BackwardRule>(
    seed: Tensor, from trace: Trace, using rule: Rule = TrueGradient(), startingAt top: Int? = nil,
    downTo node: Int = 0, workers: Workers = .one
  ) throws(Rule.Failure) -> Tensor {
    var isWanted = [Bool](repeating: false, count: nodes.count)
    isWanted[node] = true
    return try signals(
      seed: seed, from: trace, using: rule, startingAt: top ?? nodes.count - 1, downTo: isWanted, workers: workers)[
        node]
      ?? Tensor(shape: trace.outputs[node].shape)
  }

  /// The gradient of Σ seed · output with regard to all weights: for each node, in the order of its layer's weights;
  /// none for a layer without weights or without a way to the output.
  func gradients(seed: Tensor, from trace: Trace) -> [[Tensor]] {
    let signals = signals(
      seed: seed, from: trace, using: TrueGradient(), startingAt: nodes.count - 1,
      downTo: nodes.map { !$0.layer.weights.isEmpty }, workers: .one)
    return zip(nodes, signals).map { node, signal in
      signal.map { node.layer.gradients($0, inputs: trace.inputs(of: node)) } ?? []
    }
  }

  /// The signal at the output of each node that lies between the network's output and a wanted node, those included.
  private func signals<Rule: BackwardRule>(
    seed: Tensor, from trace: Trace, using rule: Rule, startingAt top: Int, downTo isWanted: [Bool],
    workers: Workers
  ) throws(Rule.Failure) -> [Tensor?] {
    precondition(
      seed.shape == trace.outputs[top].shape, "Network: seed \(seed.shape), output \(trace.outputs[top].shape)")
    // A signal must reach a node that is wanted or that has a wanted one below it.
    var isNeeded = isWanted
    for (index, node) in nodes.enumerated() where node.inputs.contains(where: { isNeeded[$0] }) {
      isNeeded[index] = true
    }
    var signals = [Tensor?](repeating: nil, count: nodes.count)
    if isNeeded[top] { signals[top] = seed }
    for index in (0...top).reversed() {
      guard let signal = signals[index] else { continue }
      let node = nodes[index]
      for (place, source) in node.inputs.enumerated() where isNeeded[source] {
        let passage = Passage(
          layer: node.layer, node: index, names: node.names, index: place, inputs: trace.inputs(of: node),
          output: trace.outputs[index], workers: workers)
        let contribution = try rule.propagate(signal, through: passage)
        signals[source] =
          signals[source].map { $0.map(with: contribution, workers: workers) { $0 + $1 } } ?? contribution
      }
      if !isWanted[index] { signals[index] = nil }
    }
    return signals
  }
}
