/// A node of trees: its trees, and the way from their sums to what the node gives.
struct TreeModel: Sendable {
  /// How a row's sums become outputs.
  enum Finish: Sendable, Equatable {
    /// Each sum is an output.
    case each
    /// The one sum speaks of the second of two classes: as a probability, or as a margin whose sign tells.
    case second(isProbability: Bool)
  }

  /// The trees.
  let trees: FileTrees
  /// The way from sums to outputs, before the transform.
  let finish: Finish
  /// What follows.
  let transform: PostTransform
  /// The classes' names; nil for numbers.
  let classes: ClassNames?

  /// The trees of a node of any of the three operators.
  /// - Throws: `ONNXError`
  init(_ node: ONNXNode) throws {
    transform = try PostTransform(node)
    switch node.kind {
    case "TreeEnsembleClassifier":
      let names = try ClassNames(node)
      classes = names
      var trees = try FileTrees(lists: node, prefix: "class", outputs: names.count)
      let spokenOf = Set(trees.entries.map(\.output))
      if names.count <= 2, spokenOf.count <= 1 {
        // All leaves speak of one of two classes: whatever its number, the sum is for the second.
        for index in trees.entries.indices { trees.entries[index].output = 0 }
        trees.outputs = 1
        if let last = trees.base.last { trees.base = [last] }
        finish = .second(isProbability: trees.entries.allSatisfy { $0.weight >= 0 })
      } else {
        finish = .each
      }
      self.trees = trees
    case "TreeEnsembleRegressor":
      classes = nil
      trees = try FileTrees(lists: node, prefix: "target", outputs: try node.integer("n_targets", default: 1))
      finish = .each
    default:
      classes = nil
      trees = try FileTrees(version5: node)
      finish = .each
    }
  }

  /// The number of outputs of a row.
  var width: Int { finish == .each ? trees.outputs : 2 }

  /// A row's outputs from its sums.
  func outputs(_ sums: ArraySlice<Double>) -> ArraySlice<Double> {
    var row = sums
    if case .second(let isProbability) = finish, let sum = sums.first {
      row = isProbability && transform != .logistic ? [1 - sum, sum] : [-sum, sum]
    }
    transform.apply(to: &row)
    return row
  }

  /// The names or numbers of the classes of some rows' sums.
  func labels(_ sums: [Double], _ classes: ClassNames) -> ONNXTensor {
    let rows = sums.count / trees.outputs
    guard case .second(let isProbability) = finish else { return classes.labels(of: sums, rows: rows) }
    let bound = isProbability ? 0.5 : 0
    return classes.labels(of: sums.flatMap { classes.count == 1 ? [$0] : [bound, $0] }, rows: rows)
  }
}

extension Operators {
  /// Ensembles of trees.
  static let trees: [Operator] = [
    Operator(trees: classic("TreeEnsembleClassifier")),
    Operator(trees: classic("TreeEnsembleRegressor")),
    Operator(trees: classic("TreeEnsemble")),
  ]

  /// The operation of a node whose trees are known.
  static func treeEnsemble(_ model: TreeModel, _ node: ONNXNode) -> Operation {
    { inputs in
      let input = try required(inputs, 0)
      let columns = input.shape.last ?? 0
      let rows = columns == 0 ? 0 : input.count / columns
      // What is not given in double precision is compared in single.
      let values =
        if case .doubles(let elements) = input.elements { elements } else { try input.floats().map { Double($0) } }
      let sums = try model.trees.sums(values, columns: columns)
      let outputs = stride(from: 0, to: sums.count, by: model.trees.outputs).flatMap {
        model.outputs(sums[$0..<$0 + model.trees.outputs])
      }
      var result = ONNXTensor([rows, model.width], outputs.map { Float($0) })
      if node.kind == "TreeEnsemble", case .doubles = input.elements {
        result = ONNXTensor(shape: [rows, model.width], elements: .doubles(outputs))
      }
      guard let classes = model.classes else { return [result] }
      return [model.labels(sums, classes), result]
    }
  }
}
