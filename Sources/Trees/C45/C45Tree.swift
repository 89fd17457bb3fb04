/// A C4.5 decision tree as one flat array of nodes: a test of numbers has two branches, a test of categories as many as
/// there are categories or groups of them.
///
/// The root is node 0 and the children of a node stand side by side behind it. A number goes to the first branch where
/// it is at most the threshold, else to the second. A missing cell goes to every branch, with the branch's share of the
/// training weight.
public struct C45Tree: Sendable, Equatable {
  /// All nodes.
  public internal(set) var nodes: [Node] = []
  /// The training weight of each class at each node, `[nodes, classCount]`; missing cells make it fractional.
  public internal(set) var weights: [Double] = []
  /// For each test of categories the branch of every category, −1 for one that no branch is for.
  public internal(set) var branches: [Int32] = []
  /// The number of classes.
  public let classCount: Int

  /// A tree that is still to be grown.
  init(classCount: Int) { self.classCount = classCount }

  /// One node.
  public struct Node: Sendable, Equatable {
    /// The tested column; −1 for a leaf.
    public internal(set) var column: Int32 = -1
    /// The index of the first child.
    public internal(set) var firstChild: Int32 = 0
    /// The number of children.
    public internal(set) var childCount: Int32 = 0
    /// Where the categories' branches start in `C45Tree.branches`; −1 for a test of numbers.
    public internal(set) var branchOffset: Int32 = -1
    /// The number of categories that the test knows; 0 for a test of numbers.
    public internal(set) var levelCount: Int32 = 0
    /// The greatest number that goes to the first branch.
    public internal(set) var threshold = 0.0
    /// The threshold's code in the ordered columns that the tree was grown on.
    var code: Int32 = 0

    /// Whether the node has no test.
    public var isLeaf: Bool { column < 0 }
    /// Whether the test is on a category.
    public var isCategorical: Bool { branchOffset >= 0 }
    /// The children's indices.
    public var children: Range<Int> { Int(firstChild)..<Int(firstChild + childCount) }
  }

  /// The training weight of each class at a node.
  public func classWeights(_ node: Int) -> ArraySlice<Double> { weights[node * classCount..<(node + 1) * classCount] }

  /// The training weight at a node.
  public func weight(_ node: Int) -> Double { classWeights(node).reduce(0, +) }

  /// The heaviest class of a node, the first among equals.
  public func majority(_ node: Int) -> Int {
    var best = 0
    for index in 1..<max(1, classCount)
    where weights[node * classCount + index] > weights[node * classCount + best] + C45Split.tolerance {
      best = index
    }
    return best
  }

  /// The training weight that a node's heaviest class is wrong for.
  public func errors(_ node: Int) -> Double { weight(node) - weights[node * classCount + majority(node)] }

  /// The categories of one branch of a test of categories, ascending.
  public func categories(_ node: Int, branch: Int) -> [Int] {
    (0..<Int(nodes[node].levelCount)).filter { branches[Int(nodes[node].branchOffset) + $0] == branch }
  }

  /// The number of leaves, empty ones too.
  public var leafCount: Int { nodes.count { $0.isLeaf } }

  /// The greatest number of tests on the way to a leaf.
  public var depth: Int {
    var depths = [Int](repeating: 0, count: nodes.count)
    for index in nodes.indices { for child in nodes[index].children { depths[child] = depths[index] + 1 } }
    return depths.max() ?? 0
  }

  /// The branch of a cell's `code` in the columns that the tree was grown on; −1 where the test has no answer.
  func branch(_ node: Node, code: Int) -> Int {
    if code < 0 { return -1 }
    return node.isCategorical ? Int(branches[Int(node.branchOffset) + code]) : code <= Int(node.code) ? 0 : 1
  }

  /// The branch of a cell's `value`; −1 where the test has no answer: for a missing cell, or a category that no branch
  /// is for.
  func branch(_ node: Node, value: Double) -> Int {
    if value.isNaN { return -1 }
    if !node.isCategorical { return value <= node.threshold ? 0 : 1 }
    return value < Double(node.levelCount) ? Int(branches[Int(node.branchOffset) + Int(value)]) : -1
  }

  /// The tree of the nodes that the root still leads to, a level after the other.
  func compacted() -> C45Tree {
    var result = C45Tree(classCount: classCount)
    var order = [0]
    var next = 0
    while next < order.count {
      var node = nodes[order[next]]
      result.weights += classWeights(order[next])
      next += 1
      let children = node.children
      if node.isCategorical {
        let start = Int(node.branchOffset)
        let end = start + Int(node.levelCount)
        node.branchOffset = Int32(result.branches.count)
        result.branches += branches[start..<end]
      }
      node.firstChild = Int32(order.count)
      result.nodes.append(node)
      order += children
    }
    return result
  }
}
