import Networks
import Tensors

/// The turning of a graph's operators into a network's nodes.
///
/// What is a constant is computed with beforehand; batch normalisation behind a convolution that nothing else takes is
/// folded into it.
struct PictureTranslation {
  private let graph: ONNXGraph
  private var nodes: [Network.Node]
  /// The node that stands for each value that depends on the picture.
  private var places: [String: Int]
  private var constants: [String: ONNXTensor]
  /// How many nodes take each value.
  private let uses: [String: Int]
  /// The shape of each node's output for one picture, as far as it is known.
  private var shapes: [[Int]?]
  private(set) var endsWithSoftmax = false
  private var result = 0

  init(_ graph: ONNXGraph, input: String, shape: [Int?]) {
    self.graph = graph
    nodes = [Network.Node(Input(), inputs: [], names: [input])]
    places = [input: 0]
    constants = graph.initializers
    let known = shape.compactMap { $0 }
    shapes = [known.count == 3 ? [1] + known : nil]
    var uses: [String: Int] = [:]
    for name in graph.nodes.flatMap(\.inputs) + graph.outputs.map(\.name) { uses[name, default: 0] += 1 }
    self.uses = uses
  }

  /// The network up to the graph's output.
  var network: Network { Network(Array(nodes[...result])) }

  /// Translates all operators that the output needs.
  mutating func run() throws {
    guard let wanted = graph.outputs.first?.name else { return }
    let needed = graph.needed(for: wanted)
    for (place, node) in graph.nodes.enumerated() where needed[place] {
      if node.inputs.allSatisfy({ $0.isEmpty || constants[$0] != nil }) {
        try evaluate(node)
      } else if Self.isOfShapes(node)
        || node.inputs.contains(where: { shapeValues.contains($0) }) && node.kind != "Reshape"
      {
        for name in node.outputs { shapeValues.insert(name) }
      } else {
        guard let entry = Operators.all[node.key], let picture = entry.picture else { throw node.unsupported }
        try entry.inputs.check(node)
        try picture.append(&self, node)
      }
    }
    guard let place = places[wanted] else { throw ONNXError.unsupported("a network whose output is a constant") }
    result = place
    if nodes[place].layer is Softmax {
      endsWithSoftmax = true
      result = nodes[place].inputs[0]
    }
  }

  /// Values that are computed from shapes alone, of which only that a batch is flattened is understood.
  private var shapeValues: Set<String> = []

  private static func isOfShapes(_ node: ONNXNode) -> Bool {
    if case .shape? = Operators.all[node.key]?.linearity { true } else { false }
  }

  /// Computes a node that takes constants alone.
  private mutating func evaluate(_ node: ONNXNode) throws {
    let part = ONNXGraph(
      outputs: node.outputs.filter { !$0.isEmpty }.map { ONNXValue(name: $0, type: .other, shape: nil) },
      initializers: constants.filter { node.inputs.contains($0.key) }, nodes: [node])
    constants.merge(try GraphEvaluator(part).run([:])) { _, new in new }
  }

  // What the operators use.

  /// Appends a node for the first output of an operator.
  mutating func append(_ layer: any Layer, _ inputs: [Int], for node: ONNXNode) throws {
    let known = inputs.map { shapes[$0] }
    var shape: [Int]?
    if known.allSatisfy({ $0 != nil }) {
      shape = layer.outputShape(known.compactMap { $0 })
      guard shape != nil else {
        let text = known.compactMap { $0 }.map { "\($0)" }.joined(separator: " and ")
        throw node.invalid("it cannot take inputs of the shape \(text)")
      }
    }
    places[node.outputs[0]] = nodes.count
    nodes.append(Network.Node(layer, inputs: inputs, names: Self.names(node)))
    shapes.append(shape)
  }

  private static func names(_ node: ONNXNode) -> [String] {
    node.name == node.outputs[0] ? [node.name] : [node.name, node.outputs[0]]
  }

  /// Lets an operator that changes nothing stand for its input.
  mutating func pass(_ node: ONNXNode) throws {
    let place = try input(node, 0)
    places[node.outputs[0]] = place
    nodes[place].names += Self.names(node)
  }

  /// The node of an input that depends on the picture.
  func input(_ node: ONNXNode, _ place: Int) throws -> Int {
    guard place < node.inputs.count, let index = places[node.inputs[place]] else {
      throw node.invalid("its input \(place + 1) must depend on the picture")
    }
    return index
  }

  /// A constant input; nil where it is left out.
  func constant(_ node: ONNXNode, _ place: Int) throws -> ONNXTensor? {
    guard place < node.inputs.count, !node.inputs[place].isEmpty else { return nil }
    guard let tensor = constants[node.inputs[place]] else {
      throw node.invalid("its input \(place + 1) must be a constant")
    }
    return tensor
  }

  /// A constant input that must be there.
  func requiredConstant(_ node: ONNXNode, _ place: Int) throws -> ONNXTensor {
    guard let tensor = try constant(node, place) else { throw node.invalid("its input \(place + 1) is missing") }
    return tensor
  }

  func isConstant(_ node: ONNXNode, _ place: Int) -> Bool { constants[node.inputs[place]] != nil }

  /// Whether a value is computed from the shapes of others.
  func isOfShapes(_ name: String) -> Bool { shapeValues.contains(name) }

  /// The shape of a node's output for one picture; nil where it is not known.
  func shape(of place: Int) -> [Int]? { shapes[place] }

  /// Whether a node gives numbers between 0 and 1.
  func isSigmoid(_ place: Int) -> Bool {
    nodes[place].layer as? Activation == .sigmoid || nodes[place].layer is HardSigmoid
  }

  /// The convolution that gives a node's first input, if nothing else takes its output.
  func convolution(before node: ONNXNode) -> (place: Int, layer: Convolution)? {
    guard let place = places[node.inputs[0]], uses[node.inputs[0]] == 1, place == nodes.count - 1,
      let layer = nodes[place].layer as? Convolution
    else { return nil }
    return (place, layer)
  }

  /// Puts another layer in the place of a node's, which then gives the first output of an operator.
  mutating func replace(_ place: Int, with layer: any Layer, for node: ONNXNode) {
    nodes[place].layer = layer
    nodes[place].names += Self.names(node)
    places[node.outputs[0]] = place
  }
}
