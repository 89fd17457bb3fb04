/// Trees whose prediction is the mean of the leaves that a row falls into.
///
/// A value of its own apart from how the trees came about, because explanations are exact for every model of this form.
public struct TreeEnsemble: Sendable, Equatable {
  /// The trees; the column of a test is an index into `columns`.
  public internal(set) var trees: [Tree]
  /// The user's columns that any test uses, ascending.
  public let columns: [Int]
  /// The number of outputs of a leaf.
  public let outputs: Int

  /// An ensemble of trees that have the user's column numbers in their tests.
  public init(_ grown: [Tree], columnCount: Int, outputs: Int) {
    var isUsed = [Bool](repeating: false, count: columnCount)
    for tree in grown {
      for node in tree.nodes where !node.isLeaf { isUsed[Int(node.slot)] = true }
    }
    let used = isUsed.indices.filter { isUsed[$0] }
    var slots = [Int32](repeating: 0, count: columnCount)
    for (slot, column) in used.enumerated() { slots[column] = Int32(slot) }
    columns = used
    self.outputs = outputs
    trees = grown
    for tree in trees.indices {
      for node in trees[tree].nodes.indices where !trees[tree].nodes[node].isLeaf {
        trees[tree].nodes[node].slot = slots[Int(trees[tree].nodes[node].slot)]
      }
    }
  }

  /// An ensemble of trees whose tests have indices into `columns`.
  init(trees: [Tree], columns: [Int], outputs: Int) {
    self.trees = trees
    self.columns = columns
    self.outputs = outputs
  }

  /// The number of leaves of all trees.
  public var leafCount: Int { trees.reduce(0) { $0 + $1.leafCount } }
}
