/// What an operator does with its inputs, nil for one that is left out.
typealias Operation = @Sendable (_ inputs: [ONNXTensor?]) throws -> [ONNXTensor]

/// Makes a node's operation: what can be done once, such as the decoding of trees, is done here.
typealias OperationMaker = @Sendable (_ node: ONNXNode) throws -> Operation

/// Runs the graph of an ONNX model, operator by operator.
public struct GraphEvaluator: Sendable {
  /// The graph that is run.
  public let graph: ONNXGraph
  /// The trees of the nodes that have some, by their place among the nodes.
  let treeModels: [Int: TreeModel]
  private let operations: [Operation]
  /// For each node the values that no later node takes.
  private let lastUses: [[String]]

  /// Makes ready the operators of a graph; only those that the wanted values need.
  /// - Throws: `ONNXError` for what is not supported.
  /// - Complexity: O(size of the graph)
  public init(_ graph: ONNXGraph) throws {
    self.graph = graph
    var models: [Int: TreeModel] = [:]
    operations = try graph.nodes.enumerated().map { place, node in
      guard let entry = Operators.all[node.key], let evaluation = entry.evaluation else { throw node.unsupported }
      guard Operators.supports(node) else {
        throw node.invalid("this version of the operators is not supported")
      }
      try entry.inputs.check(node)
      return try Self.naming(node) {
        switch evaluation {
        case .operation(let maker): return try maker(node)
        case .trees:
          let model = try TreeModel(node)
          models[place] = model
          return Operators.treeEnsemble(model, node)
        }
      }
    }
    treeModels = models
    var last: [String: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for name in node.inputs { last[name] = index }
    }
    let wanted = Set(graph.outputs.map(\.name))
    var uses = [[String]](repeating: [], count: graph.nodes.count)
    for (name, index) in last where !wanted.contains(name) && graph.initializers[name] == nil {
      uses[index].append(name)
    }
    lastUses = uses
  }

  /// The values of the graph's outputs for the given inputs.
  /// - Parameter inputs: the value of each input, by name.
  /// - Returns: the value of each output, by name.
  /// - Throws: `ONNXError`
  public func run(_ inputs: [String: ONNXTensor]) throws -> [String: ONNXTensor] {
    try run(nodes: graph.nodes.indices, given: inputs, wanted: graph.outputs.map(\.name))
  }

  /// The wanted values, where some are given and the nodes of the given places are run.
  func run(
    nodes places: some Sequence<Int>, given: [String: ONNXTensor], wanted: [String]
  ) throws -> [String: ONNXTensor] {
    var values = given
    var budget = ONNXTensor.largestCount
    let kept = Set(wanted)
    for place in places {
      let node = graph.nodes[place]
      let results = try Self.naming(node) {
        let inputs = try node.inputs.map { name -> ONNXTensor? in
          if name.isEmpty { return nil }
          guard let value = values[name] ?? graph.initializers[name] else {
            throw ONNXError.malformed("there is no value \"\(name)\"")
          }
          return value
        }
        return try operations[place](inputs)
      }
      guard results.count >= node.outputs.count || results.count == 1 else {
        throw node.invalid("\(node.outputs.count) results are wanted of it, it has \(results.count)")
      }
      for (name, result) in zip(node.outputs, results) where !name.isEmpty {
        budget -= result.count
        values[name] = result
      }
      if budget < 0 { throw ONNXError.tooLarge("the values of all nodes together, up to node \"\(node.name)\"") }
      for name in lastUses[place] where !kept.contains(name) { values[name] = nil }
    }
    return try Dictionary(
      uniqueKeysWithValues: kept.map { name in
        guard let value = values[name] ?? graph.initializers[name] else {
          throw ONNXError.malformed("nothing gives \"\(name)\"")
        }
        return (name, value)
      })
  }

  /// Runs `body`; what is wrong in it is said of the node.
  private static func naming<Result>(_ node: ONNXNode, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch ONNXError.malformed(let reason) {
      throw node.invalid(reason)
    } catch ONNXError.tooLarge(let reason) {
      throw node.invalid(reason + " is too large")
    }
  }
}
