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
    /// What the node may be called, if it has names: its own, and that of its output.
    public var names: [String]

    /// A node for a layer that takes the outputs of the given nodes.
    public init(_ layer: any Layer, inputs: [Int], names: [String] = []) {
      self.layer = layer
      self.inputs = inputs
      self.names = names
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

  /// What of a run is kept.
  public enum Keeping: Sendable, Equatable {
    /// Each node's output.
    case all
    /// What a way back to the given node needs, and the outputs of the nodes from there on: a convolution whose output a rectifier
    /// alone takes stands with the rectified output.
    case wayBack(to: Int)
    /// The last node's output.
    case output
  }

  /// Runs a batch through all nodes.
  /// - Parameters:
  ///   - input: a batch of examples, `[batch, ...]`.
  ///   - workers: the threads that share the work on each node.
  ///   - keeping: what is needed of the run; the rest is given up as soon as no node takes it any more.
  /// - Returns: what each node put out; an empty tensor for what is not kept.
  public func forward(_ input: Tensor, workers: Workers = .one, keeping: Keeping = .all) -> Trace {
    let uses = uses()
    var outputs: [Tensor] = []
    outputs.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      outputs.append(output(of: index, input, outputs, uses, workers, fuses: keeping != .all))
      for source in Set(node.inputs) where uses[source].last == index && !isKept(source, keeping) {
        outputs[source] = Tensor(shape: [0])
      }
    }
    return Trace(input: input, outputs: outputs)
  }

  /// The nodes that take each node's output, in their order.
  private func uses() -> [[Int]] {
    var uses = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for source in node.inputs { uses[source].append(index) }
    }
    return uses
  }

  private func isKept(_ node: Int, _ keeping: Keeping) -> Bool {
    switch keeping {
    case .all: true
    case .wayBack(let last): node >= last
    case .output: node == nodes.count - 1
    }
  }

  private func output(
    of index: Int, _ input: Tensor, _ outputs: [Tensor], _ uses: [[Int]], _ workers: Workers, fuses: Bool
  ) -> Tensor {
    let node = nodes[index]
    if fuses, let convolution = node.layer as? Convolution, uses[index].count == 1, isRectifier(uses[index][0]) {
      return convolution.rectifiedForward(outputs[node.inputs[0]], workers: workers)
    }
    if fuses, isRectifier(index), uses[node.inputs[0]].count == 1, nodes[node.inputs[0]].layer is Convolution {
      return outputs[node.inputs[0]]
    }
    let inputs = node.inputs.isEmpty ? [input] : node.inputs.map { outputs[$0] }
    if let layer = node.layer as? any ParallelLayer { return layer.forward(inputs, workers: workers) }
    return node.layer.forward(inputs)
  }

  private func isRectifier(_ node: Int) -> Bool { nodes[node].layer as? Activation == .relu }

  /// The shape of each node's output for an input of the given shape.
  /// - Throws: `ShapeError` where a layer cannot take what it is given.
  public func outputShapes(for input: [Int]) throws -> [[Int]] {
    var shapes: [[Int]] = []
    for (index, node) in nodes.enumerated() {
      let inputs = node.inputs.isEmpty ? [input] : node.inputs.map { shapes[$0] }
      guard let shape = node.layer.outputShape(inputs), shape.allSatisfy({ $0 > 0 }) else {
        throw ShapeError(node: node.names.first ?? "\(index)", layer: "\(type(of: node.layer))", inputs: inputs)
      }
      shapes.append(shape)
    }
    return shapes
  }
}

/// A layer that cannot take inputs of their shapes.
public struct ShapeError: Error, Equatable, CustomStringConvertible {
  /// The node's name or number.
  public let node: String
  /// The kind of the layer.
  public let layer: String
  /// The shapes of its inputs.
  public let inputs: [[Int]]

  /// The error in one sentence.
  public var description: String {
    let shapes = inputs.map { $0.map { "\($0)" }.joined(separator: " x ") }.joined(separator: " and ")
    return "the network's layer \"\(node)\" (\(layer)) cannot take \(shapes)"
  }
}
