/// From which of the graph's columns each column of a value inside the graph is made.
struct ColumnOrigins {
  /// Where one column of a value comes from.
  struct Origin {
    /// The user's column.
    let column: Int
    /// Whether it is that column itself, in the precision of the value.
    var isItself = true
    /// Whether it rises or falls with the column, or stays, all the way.
    var isMonotone = true
  }

  /// For each value whose rows hold columns: the origin of each; nil for one that is made of several or of none.
  private(set) var origins: [String: [Origin?]] = [:]

  /// Follows the columns through a graph.
  /// - Complexity: O(nodes · columns)
  init(_ graph: ONNXGraph, inputs: ModelInputs) {
    var column = 0
    for entry in inputs.entries {
      origins[entry.value.name] = (column..<column + entry.width).map { Origin(column: $0) }
      column += entry.width
    }
    for node in graph.nodes {
      guard let result = node.outputs.first, let made = follow(node, graph) else { continue }
      origins[result] = made
    }
  }

  private func follow(_ node: ONNXNode, _ graph: ONNXGraph) -> [Origin?]? {
    let first = node.inputs.first.flatMap { origins[$0] }
    func constant(_ place: Int) -> ONNXTensor? {
      node.inputs.indices.contains(place) ? graph.constant(node.inputs[place]) : nil
    }
    func changed(_ isMonotone: Bool) -> [Origin?]? {
      first?.map { origin in
        origin.map { Origin(column: $0.column, isItself: false, isMonotone: $0.isMonotone && isMonotone) }
      }
    }
    switch node.kind {
    case "Identity", "Dropout": return first
    case "Cast":
      // To whole numbers or texts it is a function of the column, not the column.
      guard case .integer(let type)? = node.attributes["to"] else { return nil }
      return type == 1 || type == 11 ? first : changed(false)
    case "Concat", "FeatureVectorizer":
      if node.kind == "Concat" {
        guard case .integer(let axis)? = node.attributes["axis"], axis == 1 || axis == -1 else { return nil }
      }
      let parts = node.inputs.map { origins[$0] }
      return parts.contains { $0 == nil } ? nil : parts.flatMap { $0 ?? [] }
    case "Scaler", "Imputer", "Relu", "Clip", "Sigmoid", "Tanh", "Neg", "Floor", "Ceil": return changed(true)
    case "Add", "Sub", "Mul", "Div", "Min", "Max":
      // By a constant for each column; the constant must not be divided.
      guard let constant = constant(1), [1, first?.count].contains(constant.count), constant.shape.count <= 2,
        constant.shape.dropLast().allSatisfy({ $0 == 1 })
      else { return nil }
      return changed(true)
    case "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual":
      guard let constant = constant(1), constant.count == 1 else { return nil }
      return changed(false)
    case "Not", "IsNaN", "LabelEncoder", "CategoryMapper", "Binarizer", "Exp", "Log", "Abs", "Sqrt":
      return changed(false)
    case "Where": return whereOrigins(node, graph)
    case "OneHotEncoder":
      guard first?.count == 1 else { return nil }
      var width = 0
      if case .strings(let words)? = node.attributes["cats_strings"] { width = words.count }
      if case .integers(let codes)? = node.attributes["cats_int64s"] { width = codes.count }
      return changed(false)?.flatMap { [Origin?](repeating: $0, count: width) }
    case "Gather", "ArrayFeatureExtractor": return gathered(node, graph, first)
    case "Reshape":
      guard let shape = try? constant(1)?.integers(), let first, shape.count == 2,
        shape[1] == first.count || shape[1] == -1 && shape[0] == 0
      else { return nil }
      return first
    case "Flatten":
      if case .integer(let axis)? = node.attributes["axis"], axis != 1 { return nil }
      return first
    case "Squeeze", "Unsqueeze":
      // An axis of length 1 that is not the rows' own does not change the order in a row.
      let axes = (try? constant(1)?.integers()) ?? (try? node.integers("axes")) ?? nil
      return axes?.allSatisfy { $0 >= 1 } == true ? first : nil
    default: return nil
    }
  }

  /// A choice by one column between constants and columns of the same origin.
  private func whereOrigins(_ node: ONNXNode, _ graph: ONNXGraph) -> [Origin?]? {
    guard node.inputs.count == 3, let condition = origins[node.inputs[0]], condition.count == 1 else { return nil }
    guard let column = condition[0]?.column else { return nil }
    for name in node.inputs[1...] {
      if let constant = graph.constant(name), constant.count == 1 { continue }
      guard let part = origins[name], part.count == 1, part[0]?.column == column else { return nil }
    }
    return [Origin(column: column, isItself: false, isMonotone: false)]
  }

  private func gathered(_ node: ONNXNode, _ graph: ONNXGraph, _ first: [Origin?]?) -> [Origin?]? {
    guard node.inputs.count == 2 else { return nil }
    var axis = 0
    if case .integer(let given)? = node.attributes["axis"] { axis = Int(given) }
    if let table = graph.constant(node.inputs[0]) {
      // Rows of a table, by the number that one column has become.
      guard node.kind == "Gather", axis == 0, table.shape.count <= 2, let index = origins[node.inputs[1]],
        index.count == 1
      else { return nil }
      let origin = index[0].map { Origin(column: $0.column, isItself: false, isMonotone: false) }
      return [Origin?](repeating: origin, count: table.shape.count == 2 ? table.shape[1] : 1)
    }
    guard let first, let places = try? graph.constant(node.inputs[1])?.integers(),
      node.kind == "ArrayFeatureExtractor" || axis == 1 || axis == -1
    else { return nil }
    return places.map { place in
      let place = place < 0 ? place + first.count : place
      return first.indices.contains(place) ? first[place] : nil
    }
  }
}
