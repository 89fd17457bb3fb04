/// A decoded ONNX model: a graph of operators and what is said of it.
public struct ONNXModel: Sendable, Equatable {
  /// The operator sets that the graph uses: the version for each domain; the empty domain is the format's own.
  public var opsets: [String: Int]
  /// The operators.
  public var graph: ONNXGraph
  /// What else the file says, by key.
  public var metadata: [String: String]
  /// The program that wrote the file.
  public var producer: String
  /// The version of the format's representation.
  public var representation: Int

  /// A model.
  public init(
    opsets: [String: Int], graph: ONNXGraph, metadata: [String: String] = [:], producer: String = "",
    representation: Int = 8
  ) {
    self.opsets = opsets
    self.graph = graph
    self.metadata = metadata
    self.producer = producer
    self.representation = representation
  }
}

/// A graph of operators without cycles: each node stands behind those whose results it takes.
public struct ONNXGraph: Sendable, Equatable {
  /// What the graph is given, constants not among it.
  public var inputs: [ONNXValue]
  /// What the graph gives.
  public var outputs: [ONNXValue]
  /// The constants, by name.
  public var initializers: [String: ONNXTensor]
  /// The operators, in an order in which they can run.
  public var nodes: [ONNXNode]

  /// A graph.
  public init(
    inputs: [ONNXValue] = [], outputs: [ONNXValue] = [], initializers: [String: ONNXTensor] = [:],
    nodes: [ONNXNode] = []
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.initializers = initializers
    self.nodes = nodes
  }

  /// The constant of the given name: an initialiser, or what a node `Constant` gives.
  public func constant(_ name: String) -> ONNXTensor? {
    if let tensor = initializers[name] { return tensor }
    guard let node = producer(of: name), node.kind == "Constant", case .tensor(let tensor)? = node.attributes["value"]
    else { return nil }
    return tensor
  }

  /// The node that gives the value of the given name; nil for inputs and constants.
  public func producer(of name: String) -> ONNXNode? {
    nodes.first { $0.outputs.contains(name) }
  }

  /// For each node whether the value of the given name is made with its help.
  func needed(for name: String) -> [Bool] {
    var wanted: Set<String> = [name]
    var needed = [Bool](repeating: false, count: nodes.count)
    for (place, node) in nodes.enumerated().reversed() where node.outputs.contains(where: wanted.contains) {
      needed[place] = true
      wanted.formUnion(node.inputs)
    }
    return needed
  }
}

/// An input or output of a graph: its name and what is declared of it.
public struct ONNXValue: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// The elements' type.
  public var type: ONNXType
  /// The length of each axis, nil where it is left open; nil where the file says nothing of the axes.
  public var shape: [Int?]?

  /// An input or output.
  public init(name: String, type: ONNXType, shape: [Int?]?) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

/// The types of elements, with the format's own numbers.
public enum ONNXType: Int, Sendable, Equatable {
  /// Not a tensor, or a type that is not known here.
  case other = 0
  /// Single-precision numbers.
  case float = 1
  /// Bytes.
  case uint8 = 2
  /// Signed bytes.
  case int8 = 3
  /// Whole numbers of 16 bits without a sign.
  case uint16 = 4
  /// Whole numbers of 16 bits.
  case int16 = 5
  /// Whole numbers of 32 bits.
  case int32 = 6
  /// Whole numbers of 64 bits.
  case int64 = 7
  /// Texts.
  case string = 8
  /// Truth values.
  case bool = 9
  /// Half-precision numbers.
  case float16 = 10
  /// Double-precision numbers.
  case double = 11
  /// Whole numbers of 32 bits without a sign.
  case uint32 = 12
  /// Whole numbers of 64 bits without a sign.
  case uint64 = 13
}

/// One operator of a graph.
public struct ONNXNode: Sendable, Equatable {
  /// The node's name, or that of its first result where it has none.
  public var name: String
  /// The operator, such as `Gemm`.
  public var kind: String
  /// The operator's domain; empty for the format's own.
  public var domain: String
  /// The version of the domain's operator set.
  public var opset: Int
  /// The names of what it takes; empty for an input that is left out.
  public var inputs: [String]
  /// The names of what it gives; empty for a result that is not wanted.
  public var outputs: [String]
  /// Its settings, by name.
  public var attributes: [String: ONNXAttribute]

  /// An operator.
  public init(
    name: String, kind: String, domain: String = "", opset: Int, inputs: [String], outputs: [String],
    attributes: [String: ONNXAttribute] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.domain = domain
    self.opset = opset
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}

/// A setting of an operator.
public enum ONNXAttribute: Sendable, Equatable {
  /// A number.
  case float(Float)
  /// A whole number.
  case integer(Int64)
  /// A text.
  case string(String)
  /// A tensor.
  case tensor(ONNXTensor)
  /// Numbers.
  case floats([Float])
  /// Whole numbers.
  case integers([Int64])
  /// Texts.
  case strings([String])
  /// A graph or another kind that no supported operator has.
  case other
}
