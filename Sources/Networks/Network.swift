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
    /// The nodes whose outputs the layer takes, in its order of inputs; none for a layer that takes the network's
    /// input.
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

    /// The same run for a batch in which each example stands several times, from a node on; of the nodes before it
    /// nothing is kept.
    public func repeated(_ times: Int, from node: Int) -> Trace {
      Trace(
        input: input,
        outputs: outputs.enumerated().map { index, output in
          guard index >= node, let count = output.shape.first, !output.elements.isEmpty else {
            return Tensor(shape: [0])
          }
          return Tensor(
            shape: [times * count] + output.shape[1...],
            elements: (0..<times).flatMap { _ in output.elements })
        })
    }

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
    /// What a way back to the given node needs, and the outputs of the nodes from there on: a convolution whose output
    /// a rectifier alone takes stands with the rectified output.
    case wayBack(to: Int)
    /// The last node's output.
    case output
  }

  /// Runs a batch through all nodes.
  ///
  /// Where only the output is wanted, each example passes the network by itself up to the first fully connected layer,
  /// one on each thread; so the memory that is needed hardly grows with the batch.
  /// - Parameters:
  ///   - input: a batch of examples, `[batch, ...]`.
  ///   - workers: the threads that share the work.
  ///   - keeping: what is needed of the run; the rest is given up as soon as no node takes it any more.
  /// - Returns: what each node put out; an empty tensor for what is not kept.
  public func forward(_ input: Tensor, workers: Workers = .one, keeping: Keeping = .all) -> Trace {
    var run = Run(network: self, input: input, keeping: keeping)
    if keeping == .output, input.shape[0] > 1, let waist {
      let ends = examples(input, to: waist, workers: workers)
      run.outputs = [Tensor](repeating: Tensor(shape: [0]), count: waist) + [ends]
    }
    run.pass(to: nodes.count - 1, workers: workers)
    return Trace(input: input, outputs: run.outputs)
  }

  /// The node below the first fully connected layer, or the last node; nil where some way leads past it.
  private var waist: Int? {
    let node = nodes.first { $0.layer is FullyConnected }?.inputs.first ?? nodes.count - 1
    return node > 0 && nodes[(node + 1)...].allSatisfy { $0.inputs.allSatisfy { $0 >= node } } ? node : nil
  }

  /// The outputs of a node for a batch, example by example.
  private func examples(_ input: Tensor, to node: Int, workers: Workers) -> Tensor {
    let count = input.shape[0]
    let size = input.elements.count / count
    let part = Network(Array(nodes[...node]))
    @Sendable func end(_ example: Int, _ workers: Workers) -> Tensor {
      let elements = Array(input.elements[example * size..<(example + 1) * size])
      var run = Run(
        network: part, input: Tensor(shape: [1] + input.shape[1...], elements: elements), keeping: .output)
      run.pass(to: node, workers: workers)
      return run.outputs[node]
    }
    // What is left over for fewer examples than threads is shared by all threads.
    let shared = count / workers.count * workers.count
    let ends = workers.silent.map(count: shared) { end($0, .one) } + (shared..<count).map { end($0, workers) }
    return Tensor(shape: [count] + ends[0].shape[1...], elements: ends.flatMap { $0.elements })
  }

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
