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

    /// What a function of it is.
    func changed(isMonotone: Bool) -> Origin {
      Origin(column: column, isItself: false, isMonotone: self.isMonotone && isMonotone)
    }
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
      guard let result = node.outputs.first, let rule = Operators.all[node.key]?.columns,
        let made = rule.follow(ColumnStep(node: node, graph: graph, origins: origins))
      else { continue }
      origins[result] = made
    }
  }
}

/// A node on the columns' way through a graph.
struct ColumnStep {
  let node: ONNXNode
  let graph: ONNXGraph
  fileprivate let origins: [String: [ColumnOrigins.Origin?]]

  /// The origins of the columns of an input; nil where they are not known.
  func columns(_ place: Int) -> [ColumnOrigins.Origin?]? {
    node.inputs.indices.contains(place) ? origins[node.inputs[place]] : nil
  }

  /// The constant that an input is; nil where it is none.
  func constant(_ place: Int) -> ONNXTensor? {
    node.inputs.indices.contains(place) ? graph.constant(node.inputs[place]) : nil
  }

  /// The first input's columns, each changed by a function.
  func changed(isMonotone: Bool) -> [ColumnOrigins.Origin?]? {
    columns(0)?.map { $0?.changed(isMonotone: isMonotone) }
  }
}

/// How the columns of an operator's first result come from those of its inputs.
struct ColumnRule: Sendable {
  /// The origins of the result's columns; nil where they cannot be told.
  let follow: @Sendable (ColumnStep) -> [ColumnOrigins.Origin?]?

  /// A rule.
  init(_ follow: @escaping @Sendable (ColumnStep) -> [ColumnOrigins.Origin?]?) { self.follow = follow }

  /// The first input's columns stay.
  static let same = ColumnRule { $0.columns(0) }
  /// Each column rises or falls with the first input's.
  static let monotone = ColumnRule { $0.changed(isMonotone: true) }
  /// Each column is some function of the first input's.
  static let function = ColumnRule { $0.changed(isMonotone: false) }
  /// Each column rises or falls with the first input's, by a constant of its own.
  static let monotoneByConstant = ColumnRule { step in
    // The constant must not be divided among the rows.
    guard step.node.inputs.count == 2, let constant = step.constant(1),
      [1, step.columns(0)?.count].contains(constant.count), constant.shape.count <= 2,
      constant.shape.dropLast().allSatisfy({ $0 == 1 })
    else { return nil }
    return step.changed(isMonotone: true)
  }
  /// Each column is some function of the first input's and of one number.
  static let functionByNumber = ColumnRule { step in
    step.constant(1)?.count == 1 ? step.changed(isMonotone: false) : nil
  }
}
