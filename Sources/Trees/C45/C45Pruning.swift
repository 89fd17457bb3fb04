/// Cuts a grown C4.5 tree back by the errors that are to be expected of it (Quinlan, *C4.5*, 1993, chapter 4).
///
/// Bottom up, a node becomes a leaf where that is not expected to make more errors (by a tenth of one) than its
/// branches or its heaviest branch; else that branch takes the node's place (subtree raising) where that is not
/// expected to make more than all branches.
struct C45Pruning {
  private let columns: C45Columns
  private let settings: C45
  private let classes: [Int32]
  private(set) var tree: C45Tree

  /// Pruning of a tree that was grown on `columns`.
  init(_ tree: C45Tree, _ columns: C45Columns, _ settings: C45, classes: [Int32]) {
    self.tree = tree
    self.columns = columns
    self.settings = settings
    self.classes = classes
  }

  /// Makes leaves of the nodes whose subtrees make no fewer errors in training.
  mutating func collapse() {
    var errors = [Double](repeating: 0, count: tree.nodes.count)
    // Children come behind their parents. A subtree's errors are those before any collapsing, as J48 goes top down;
    // that a subtree collapses changes them by at most a thousandth a node.
    for index in tree.nodes.indices.reversed() {
      let node = tree.nodes[index]
      errors[index] = node.isLeaf ? tree.errors(index) : node.children.reduce(0) { $0 + errors[$1] }
    }
    for index in tree.nodes.indices where !tree.nodes[index].isLeaf && errors[index] >= tree.errors(index) - 1e-3 {
      tree.nodes[index] = C45Tree.Node()
    }
  }

  /// Prunes the tree, whose training cases are given.
  mutating func prune(_ cases: C45Cases) { _ = prune(0, cases) }

  /// Prunes below a node and returns the errors expected of what is left.
  private mutating func prune(_ index: Int, _ cases: C45Cases) -> Double {
    let node = tree.nodes[index]
    if node.isLeaf { return expectedAsLeaf(index) }
    let parts = cases.split(tree, index, columns)
    let ofTree = node.children.reduce(0) { $0 + prune($1, parts[$1 - Int(node.firstChild)]) }
    let heaviest = heaviest(node)
    let ofBranch = settings.raisesSubtrees ? expected(heaviest, cases) : .infinity
    let ofLeaf = expectedAsLeaf(index)
    let least = 0.1 + C45Split.tolerance
    if ofLeaf <= ofTree + least, ofLeaf <= ofBranch + least {
      tree.nodes[index] = C45Tree.Node()
      return ofLeaf
    }
    if ofBranch <= ofTree + least {
      tree.nodes[index] = tree.nodes[heaviest]
      recount(index, cases)
      return prune(index, cases)
    }
    return ofTree
  }

  /// The heaviest branch, the last among equals.
  private func heaviest(_ node: C45Tree.Node) -> Int {
    var (best, weight) = (node.children.lowerBound, 0.0)
    for child in node.children where tree.weight(child) >= weight - C45Split.tolerance {
      best = child
      weight = tree.weight(child)
    }
    return best
  }

  private func expectedAsLeaf(_ index: Int) -> Double { expected(tree.classWeights(index)) }

  private func expected(_ weights: some Collection<Double>) -> Double {
    let total = weights.reduce(0, +)
    guard total > C45Split.tolerance else { return 0 }
    return settings.errors.expected(cases: total, errors: max(0, total - (weights.max() ?? 0)))
  }

  /// The errors expected of the subtree at a node if `cases` came to it.
  private func expected(_ index: Int, _ cases: C45Cases) -> Double {
    let node = tree.nodes[index]
    if node.isLeaf { return expected(cases.classWeights(classes, tree.classCount)) }
    let parts = cases.split(tree, index, columns)
    return node.children.reduce(0) { $0 + expected($1, parts[$1 - Int(node.firstChild)]) }
  }

  /// Counts the classes anew, in the subtree of a node to which `cases` come now.
  private mutating func recount(_ index: Int, _ cases: C45Cases) {
    let weights = cases.classWeights(classes, tree.classCount)
    for place in weights.indices { tree.weights[index * tree.classCount + place] = weights[place] }
    let node = tree.nodes[index]
    guard !node.isLeaf else { return }
    let parts = cases.split(tree, index, columns)
    for child in node.children { recount(child, parts[child - Int(node.firstChild)]) }
  }
}
