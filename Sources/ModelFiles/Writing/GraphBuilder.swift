import DataFrames

/// A graph that is put together, node by node, over one raw input for each of the user's columns.
struct GraphBuilder {
  private(set) var graph = ONNXGraph()
  private var names: Set<String>
  private let features: [Feature]

  /// The version of the format's own operators that are written.
  static let opset = 17
  /// The version of the operators of classic models.
  static let classicOpset = 3
  static let classicDomain = "ai.onnx.ml"

  /// A graph that takes a number `[N, 1]` or a word `[N, 1]` a column, under the column's name.
  init(_ features: [Feature]) {
    self.features = features
    names = Set(features.map(\.name))
    graph.inputs = features.map { feature in
      ONNXValue(name: feature.name, type: feature.levelCount == nil ? .float : .string, shape: [nil, 1])
    }
  }

  /// A name like the given one that nothing else has.
  private mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var number = 1
    while !names.insert(name).inserted {
      number += 1
      name = "\(wanted) \(number)"
    }
    return name
  }

  /// Adds a constant.
  mutating func constant(_ wanted: String, _ tensor: ONNXTensor) -> String {
    let name = unique(wanted)
    graph.initializers[name] = tensor
    return name
  }

  /// Adds an operator of one result and returns the result's name.
  mutating func add(
    _ kind: String, _ inputs: [String], _ attributes: [String: ONNXAttribute] = [:], isClassic: Bool = false,
    as wanted: String? = nil
  ) -> String {
    let name = unique(wanted ?? kind.lowercased())
    graph.nodes.append(
      ONNXNode(
        name: name, kind: kind, domain: isClassic ? Self.classicDomain : "",
        opset: isClassic ? Self.classicOpset : Self.opset, inputs: inputs, outputs: [name], attributes: attributes))
    return name
  }

  /// Parts side by side; the part itself where there is one.
  mutating func concatenate(_ parts: [String]) -> String {
    parts.count == 1 ? parts[0] : add("Concat", parts, ["axis": .integer(1)])
  }

  mutating func cast(_ name: String, to type: ONNXType) -> String {
    add("Cast", [name], ["to": .integer(Int64(type.rawValue))])
  }

  /// For each row the row of a table that stands for its category, `[N, columns of the table]`; the table's last row
  /// stands for missing and unknown words.
  mutating func lookUp(_ column: Int, in table: ONNXTensor) -> String {
    guard case .category(let levels) = features[column].kind else {
      preconditionFailure("GraphBuilder: column \(column) has no categories")
    }
    // An encoder without keys is not allowed.
    let keys = levels.isEmpty ? [""] : levels
    let code = add(
      "LabelEncoder", [features[column].name],
      [
        "keys_strings": .strings(keys), "values_int64s": .integers(keys.indices.map { Int64($0) }),
        "default_int64": .integer(Int64(levels.count)),
      ], isClassic: true)
    let rows = add("Gather", [constant("table", table), code], ["axis": .integer(0)])
    return add("Squeeze", [rows, constant("axis", ONNXTensor([1], [Int64(1)]))])
  }

  /// Ends the graph with probabilities `[N, classes]` in single precision: gives them and the likeliest class's name.
  mutating func finish(probabilities: String, classNames: [String]) {
    let best = add("ArgMax", [probabilities], ["axis": .integer(1), "keepdims": .integer(0)])
    let list = constant("classes", ONNXTensor(shape: [classNames.count], elements: .strings(classNames)))
    let label = add("Gather", [list, best], ["axis": .integer(0)], as: "label")
    let result = add("Identity", [probabilities], as: "probabilities")
    graph.outputs = [
      ONNXValue(name: label, type: .string, shape: [nil]),
      ONNXValue(name: result, type: .float, shape: [nil, classNames.count]),
    ]
  }

  /// Ends the graph with a number for each row, `[N, 1]`, in single precision.
  mutating func finish(value: String) {
    graph.outputs = [ONNXValue(name: add("Identity", [value], as: "value"), type: .float, shape: [nil, 1])]
  }

  /// The model of the graph.
  func model(metadata: [String: String]) -> ONNXModel {
    ONNXModel(
      opsets: ["": Self.opset, Self.classicDomain: Self.classicOpset], graph: graph, metadata: metadata,
      producer: "xai-tab")
  }
}
