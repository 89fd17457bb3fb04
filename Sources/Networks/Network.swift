public import Tensors

/// A feed-forward network: a graph of layers without cycles.
///
/// Nodes stand in topological order; the first is the `Input`, the last is the output. Weights are values: a copy of a
/// network is another network.
public struct Network: Sendable {
  /// One place in the graph.
  public struct Node: Sendable {
    /// The operation.
    public var layer: any Layer
    /// The nodes whose outputs the layer takes, in its order of inputs; none for a layer that takes the network's input.
    public let inputs: [Int]

    /// A node for a layer that takes the outputs of the given nodes.
    public init(_ layer: any Layer, inputs: [Int]) {
      self.layer = layer
      self.inputs = inputs
    }
  }

  /// What each node put out for one batch, which the way back needs.
  public struct Trace: Sendable {
    /// The input of the network.
    public let input: Tensor
    /// The output of each node, in the order of the nodes.
    public let outputs: [Tensor]

    /// What a node's layer was given.
    func inputs(of node: Node) -> [Tensor] { node.inputs.isEmpty ? [input] : node.inputs.map { outputs[$0] } }

    /// The output of the last node.
    public var output: Tensor { outputs[outputs.count - 1] }
  }

  /// The nodes, each behind those that it takes its inputs from.
  public internal(set) var nodes: [Node]

  /// A network of at least one node, each of which takes its inputs from nodes before it.
  public init(_ nodes: [Node]) {
    precondition(!nodes.isEmpty, "Network: no nodes")
    for (index, node) in nodes.enumerated() {
      precondition(
        node.inputs.allSatisfy { 0..<index ~= $0 }, "Network: node \(index) takes its inputs from \(node.inputs)")
    }
    self.nodes = nodes
  }

  /// A chain: an input, then each layer on the one before.
  public init(chain layers: [any Layer]) {
    self.init([Node(Input(), inputs: [])] + layers.enumerated().map { Node($0.element, inputs: [$0.offset]) })
  }

  /// A chain of dense layers with an activation between each two, `widths` being the numbers of inputs, of hidden
  /// units, and of outputs. Its output is linear: logits, or numbers.
  public init(widths: [Int], activation: Activation, using generator: inout some RandomNumberGenerator) {
    var layers: [any Layer] = []
    for index in 1..<widths.count {
      layers.append(Dense(inputs: widths[index - 1], outputs: widths[index], using: &generator))
      if index < widths.count - 1 { layers.append(activation) }
    }
    self.init(chain: layers)
  }

  /// Runs a batch through all nodes.
  /// - Parameter input: a batch of examples, `[batch, ...]`.
  /// - Returns: what each node put out.
  public func forward(_ input: Tensor) -> Trace {
    var outputs: [Tensor] = []
    outputs.reserveCapacity(nodes.count)
    for node in nodes {
      outputs.append(node.layer.forward(node.inputs.isEmpty ? [input] : node.inputs.map { outputs[$0] }))
    }
    return Trace(input: input, outputs: outputs)
  }
}
