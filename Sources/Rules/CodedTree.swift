import RealModule
import Tensors
import Trees

/// A C4.5-like tree over coded rows, grown fast enough to be grown hundreds of times: the inner learner of the
/// extractors.
///
/// At each node the cut with the largest information gain of each column, less log₂(cuts tried)/n; of the columns whose
/// gain is at least average the one with the largest gain ratio (Quinlan 1993, 1996). The cuts are those of the table,
/// so that a histogram over the codes is all that a node needs.
struct CodedTree: Sendable {
  /// How a tree is grown.
  struct Settings: Sendable {
    /// The fewest rows on a side of a cut.
    var minimumRows = 2
    /// The greatest depth of a leaf.
    var maximumDepth = 30
    /// The share of a node's largest class at which it is a leaf.
    var purity = 1.0
    /// Whether sub-trees that are not expected to do better than a leaf become one (confidence 0.25).
    var isPruned = true
    /// Whether the gain of a cut is lowered by the cost of saying which.
    var chargesCuts = true
    /// Whether columns compete by their gain ratio; else by the gain.
    var usesRatio = true
    /// The most leaves: where they are bounded, the node that gains most, rows counted, is split first.
    var maximumLeaves = Int.max
    /// How many columns, drawn anew at each node, may be tested; nil: all.
    var drawnColumns: Int?
    /// The seed of those draws.
    var seed: UInt64 = 0
    /// Once it is spent no node is split.
    var budget = Budget.unlimited
  }

  /// One node.
  struct Node: Sendable {
    /// What goes left; nil for a leaf.
    var left: Box.Side?
    /// What goes right.
    var right: Box.Side?
    /// The left child; the right one follows.
    var firstChild = 0
  }

  let classCount: Int
  /// Whether the budget ended the growth.
  private(set) var isCut = false
  private(set) var nodes: [Node] = []
  /// The rows of each class at each node, `[nodes, classes]`.
  private(set) var counts: [Int] = []

  /// Grows a tree.
  /// - Parameters:
  ///   - rows: the coded rows.
  ///   - chosen: which of them.
  ///   - labels: the class of each of all rows.
  ///   - classCount: the number of classes.
  ///   - columns: the columns that may be tested; nil: all.
  ///   - settings: how.
  ///   - workers: the threads that may share the columns of large nodes.
  init(
    _ rows: CodedRows, chosen: [Int], labels: [Int], classCount: Int, columns: [Int]? = nil, settings: Settings,
    workers: Workers = .one
  ) {
    self.classCount = classCount
    var grower = CodedTreeGrower(
      rows: rows, labels: labels, classCount: classCount, columns: columns ?? Array(rows.table.sizes.indices),
      settings: settings, workers: workers.silent, members: chosen.map(Int32.init), logs: Self.logs(chosen.count))
    nodes = [Node()]
    counts = grower.tally(0..<chosen.count)
    var pending: [Pending] = []
    func open(_ node: Int, _ range: Range<Int>, _ depth: Int) {
      guard depth < settings.maximumDepth, !isCut else { return }
      if settings.budget.isSpent {
        isCut = true
      } else if let split = grower.split(range, node: node) {
        pending.append(Pending(node: node, range: range, depth: depth, split: split))
      }
    }
    open(0, 0..<chosen.count, 0)
    var leaves = 1
    while leaves < settings.maximumLeaves, let next = Self.next(&pending, isBounded: settings.maximumLeaves < .max) {
      let middle = grower.partition(next.range, next.split.left)
      let child = nodes.count
      nodes[next.node] = Node(left: next.split.left, right: next.split.right, firstChild: child)
      leaves += 1
      for part in [next.range.lowerBound..<middle, middle..<next.range.upperBound] {
        nodes.append(Node())
        counts += grower.tally(part)
      }
      open(child, next.range.lowerBound..<middle, next.depth + 1)
      open(child + 1, middle..<next.range.upperBound, next.depth + 1)
    }
    if settings.isPruned { prune() }
  }

  /// A node that waits to be split, with its best cut.
  private struct Pending {
    let node: Int
    let range: Range<Int>
    let depth: Int
    let split: CodedTreeGrower.Split

    /// What all of its rows gain together.
    var gain: Double { split.gain * Double(range.count) }
  }

  /// Takes the node out that is to be split next.
  private static func next(_ pending: inout [Pending], isBounded: Bool) -> Pending? {
    guard isBounded else { return pending.popLast() }
    guard let best = pending.indices.max(by: { pending[$0].gain < pending[$1].gain }) else { return nil }
    return pending.remove(at: best)
  }

  /// k log₂ k for k in 0...count.
  private static func logs(_ count: Int) -> [Double] {
    (0...count).map { $0 == 0 ? 0 : Double($0) * Double.log2(Double($0)) }
  }

  /// The rows of a class at a node.
  func count(_ node: Int, _ label: Int) -> Int { counts[node * classCount + label] }

  /// The rows at a node.
  func total(_ node: Int) -> Int { counts[node * classCount..<(node + 1) * classCount].reduce(0, +) }

  /// The commonest class of a node, the first among equals.
  func majority(_ node: Int) -> Int {
    counts[node * classCount..<(node + 1) * classCount].argmax()
  }

  private static let pessimism = PessimisticErrors()

  /// Sub-trees become leaves, from the leaves up, where that is not expected to cost more errors.
  private mutating func prune() {
    var expected = [Double](repeating: 0, count: nodes.count)
    for node in nodes.indices.reversed() {
      let size = Double(total(node))
      let errors = size - Double(count(node, majority(node)))
      let asLeaf = Self.pessimism.expected(cases: size, errors: errors)
      if nodes[node].left == nil {
        expected[node] = asLeaf
        continue
      }
      let child = nodes[node].firstChild
      expected[node] = expected[child] + expected[child + 1]
      if asLeaf <= expected[node] + 0.1 {
        nodes[node] = Node()
        expected[node] = asLeaf
      }
    }
  }

  /// The node of the leaf that a row comes to.
  func leaf(_ rows: CodedRows, row: Int) -> Int {
    var node = 0
    while let left = nodes[node].left {
      node = nodes[node].firstChild + (left.allows(rows.code(row: row, column: left.column)) ? 0 : 1)
    }
    return node
  }

  /// The tree after fewer splits, of those that were made the first ones.
  func truncated(leaves: Int) -> CodedTree {
    let count = 2 * max(1, leaves) - 1
    if nodes.count <= count { return self }
    var tree = self
    tree.nodes = nodes[..<count].map { $0.left != nil && $0.firstChild >= count ? Node() : $0 }
    tree.counts = Array(counts[..<(count * classCount)])
    return tree
  }

  /// The number of leaves.
  var leafCount: Int {
    var count = 0
    var pending = [0]
    while let node = pending.popLast() {
      if nodes[node].left == nil {
        count += 1
      } else {
        pending += [nodes[node].firstChild, nodes[node].firstChild + 1]
      }
    }
    return count
  }

  /// Makes leaves of the nodes below which all leaves are of one kind.
  mutating func join(_ kind: (_ leaf: Int) -> Int) {
    var kinds = [Int?](repeating: nil, count: nodes.count)
    for node in nodes.indices.reversed() {
      if nodes[node].left == nil {
        kinds[node] = kind(node)
      } else if let one = kinds[nodes[node].firstChild], one == kinds[nodes[node].firstChild + 1] {
        kinds[node] = one
        nodes[node] = Node()
      }
    }
  }

  /// A leaf: what it asks of a row and the rows there.
  struct Leaf: Sendable {
    let box: Box
    let node: Int
  }

  /// The leaves, left ones first.
  var leaves: [Leaf] {
    var found: [Leaf] = []
    var pending = [Leaf(box: .everything, node: 0)]
    while let leaf = pending.popLast() {
      guard let left = nodes[leaf.node].left, let right = nodes[leaf.node].right else {
        found.append(leaf)
        continue
      }
      for (side, child) in [(right, 1), (left, 0)] {
        if let box = leaf.box.intersection(Box(sides: [side])) {
          pending.append(Leaf(box: box, node: nodes[leaf.node].firstChild + child))
        }
      }
    }
    return found
  }
}
