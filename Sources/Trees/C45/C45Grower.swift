import Tensors

/// Grows a C4.5 tree by recursive splitting, before any pruning (Quinlan, *C4.5*, 1993, chapters 2 and 3; the choices
/// that the book leaves open are those of Weka's J48).
///
/// At a node the columns whose best test gains at least the average compete by their gain ratio. The gain of a
/// threshold is lowered by log₂(thresholds tried)/W, the cost of saying which (Quinlan, *Improved Use of Continuous
/// Attributes in C4.5*, JAIR 4, 1996). A case whose cell is missing goes to every branch, with the branch's share of
/// the weight.
struct C45Grower {
  let columns: C45Columns
  let settings: C45
  let classes: [Int32]
  let measure: C45Split
  private let workers: Workers
  private let total: Double
  var tree: C45Tree
  /// Whether the budget was spent while nodes were waiting to be split.
  private(set) var isCut = false
  /// The weight of each row at the node that is being split.
  var weightOf: [Double]
  /// The branch of each row there; −1 for all branches.
  private var branchOf: [Int32]

  /// A grower over the rows that `weights` gives a weight of more than 0.
  init(
    _ columns: C45Columns, _ settings: C45, classes: [Int32], classCount: Int, weights: [Double]?, workers: Workers
  ) {
    self.columns = columns
    self.settings = settings
    self.classes = classes
    self.workers = workers
    tree = C45Tree(classCount: classCount)
    weightOf = weights ?? [Double](repeating: 1, count: columns.rowCount)
    total = weightOf.reduce(0, +)
    branchOf = [Int32](repeating: 0, count: columns.rowCount)
    measure = C45Split(caseCount: Int(total.rounded(.up)))
  }

  /// A node that waits to be split, with its cases in the order of each column of numbers.
  struct Pending {
    var node: Int
    var depth: Int
    var cases: C45Cases
    /// The cases' known cells, in a buffer that siblings share.
    var entries: [UInt64]
    /// Where each column of numbers starts in `entries`; the last one is the end.
    var starts: [Int]
  }

  /// The rows that have a weight, with it.
  var cases: C45Cases {
    let rows = (0..<Int32(columns.rowCount)).filter { weightOf[Int($0)] > 0 }
    return C45Cases(rows: rows, weights: rows.map { weightOf[Int($0)] })
  }

  /// Grows the tree, a node before its branches.
  /// - Complexity: O(columns · n · depth)
  mutating func grow(within budget: Budget) -> C45Tree {
    let all = cases
    var (entries, starts) = (columns.entries, columns.starts)
    if all.count < columns.rowCount { (entries, starts) = present(entries, starts) }
    var pending = [Pending(node: 0, depth: 0, cases: all, entries: entries, starts: starts)]
    append(weights: all.classWeights(classes, tree.classCount))
    while let next = pending.popLast() {
      if budget.isSpent {
        isCut = true
        break
      }
      if let test = test(next) { pending += split(next, by: test).reversed() }
    }
    return tree
  }

  /// The entries of the rows that have a weight.
  private func present(_ entries: [UInt64], _ starts: [Int]) -> ([UInt64], [Int]) {
    var kept: [UInt64] = []
    var keptStarts = [0]
    for place in 0..<starts.count - 1 {
      kept += entries[starts[place]..<starts[place + 1]].filter { weightOf[Int($0 & 0xFFFF_FFFF)] > 0 }
      keptStarts.append(kept.count)
    }
    return (kept, keptStarts)
  }

  private mutating func append(weights: [Double]) {
    tree.nodes.append(C45Tree.Node())
    tree.weights += weights
  }

  /// The best test of a node; nil where it stays a leaf.
  private mutating func test(_ node: Pending) -> C45Test? {
    let weights = tree.classWeights(node.node)
    let weight = weights.reduce(0, +)
    let largest = weights.max() ?? 0
    guard weight >= 2 * settings.minimumCases - C45Split.tolerance, largest < weight - C45Split.tolerance,
      largest < settings.purity * weight, node.depth < settings.maximumDepth
    else { return nil }
    if columns.hasMissing { for (row, weight) in node.cases { weightOf[Int(row)] = weight } }
    let search = C45Search(self, node, weight: weight)
    let cells = node.cases.count * columns.columnCount
    // Below this, threads cost more than they save.
    let tests = (cells > 30_000 ? workers : .one).map(count: columns.columnCount) { search.best($0) }
    return choose(tests)
  }

  /// The greatest gain ratio among the tests that gain at least the average.
  private func choose(_ tests: [C45Test?]) -> C45Test? {
    func isLarge(_ column: Int) -> Bool {
      columns.levelCounts[column].map { Double($0) >= 0.3 * total - C45Split.tolerance } ?? false
    }
    let areAllLarge = tests.indices.allSatisfy { isLarge($0) }
    let counted = tests.indices.filter { tests[$0] != nil && (areAllLarge || !isLarge($0)) }
    guard !counted.isEmpty else { return nil }
    let average = counted.reduce(0) { $0 + (tests[$1]?.gain ?? 0) } / Double(counted.count)
    var best: C45Test?
    for case let test? in tests
    where test.gain >= average - 1e-3 && test.ratio > (best?.ratio ?? 0) + C45Split.tolerance {
      best = test
    }
    return best
  }

  /// Makes the test of a node and returns its children, which wait to be split.
  private mutating func split(_ parent: Pending, by test: C45Test) -> [Pending] {
    let firstChild = tree.nodes.count
    tree.nodes[parent.node].column = Int32(test.column)
    tree.nodes[parent.node].firstChild = Int32(firstChild)
    tree.nodes[parent.node].childCount = Int32(test.branchCount)
    if let branches = test.branches {
      tree.nodes[parent.node].branchOffset = Int32(tree.branches.count)
      tree.nodes[parent.node].levelCount = Int32(branches.count)
      tree.branches += branches
    } else {
      tree.nodes[parent.node].code = Int32(test.code)
      tree.nodes[parent.node].threshold = columns.values[test.column][test.code]
    }
    let parts = parent.cases.split(tree, parent.node, columns)
    for part in parts { append(weights: part.classWeights(classes, tree.classCount)) }
    return children(parent, parts, firstChild)
  }

  /// The children with their cases in each column's order, by one pass over the parent's.
  private mutating func children(_ parent: Pending, _ parts: [C45Cases], _ firstChild: Int) -> [Pending] {
    let node = tree.nodes[parent.node]
    for row in parent.cases.rows {
      branchOf[Int(row)] = Int32(tree.branch(node, code: columns.code(Int(row), Int(node.column))))
    }
    // Only branches that may be split again need their cases in order.
    let isOpen = parts.indices.map { parts[$0].count > 1 && tree.errors(firstChild + $0) > C45Split.tolerance }
    let width = parent.starts.count - 1
    var cursors = [Int](repeating: 0, count: parts.count * (width + 1))
    for place in 0..<width {
      for entry in parent.entries[parent.starts[place]..<parent.starts[place + 1]] {
        let branch = Int(branchOf[Int(entry & 0xFFFF_FFFF)])
        if branch >= 0 {
          cursors[branch * (width + 1) + place] += 1
        } else {
          for index in parts.indices { cursors[index * (width + 1) + place] += 1 }
        }
      }
    }
    var end = 0
    for index in cursors.indices {
      let count = isOpen[index / (width + 1)] ? cursors[index] : 0
      cursors[index] = end
      end += count
    }
    let starts = cursors
    var buffer = [UInt64](repeating: 0, count: end)
    for place in 0..<width {
      for entry in parent.entries[parent.starts[place]..<parent.starts[place + 1]] {
        let branch = Int(branchOf[Int(entry & 0xFFFF_FFFF)])
        for index in branch >= 0 ? branch..<branch + 1 : parts.indices where isOpen[index] {
          buffer[cursors[index * (width + 1) + place]] = entry
          cursors[index * (width + 1) + place] += 1
        }
      }
    }
    return parts.indices.filter { isOpen[$0] }.map { index in
      Pending(
        node: firstChild + index, depth: parent.depth + 1, cases: parts[index], entries: buffer,
        starts: Array(starts[index * (width + 1)..<(index + 1) * (width + 1)]))
    }
  }
}
