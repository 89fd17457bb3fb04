import Tensors

/// Grows one binary tree by recursive splitting (Breiman, Friedman, Olshen & Stone, *Classification and Regression
/// Trees*, 1984), depth first, left child first, until nodes are pure or the settings stop it.
///
/// A column of numbers is cut at a threshold. A column of categories is cut in two sets: the categories of the node
/// are put in the order of their mean (or of the share of a class, once for every class where there are more than
/// two) and cut like numbers, which finds the best two sets for a number and for two classes (Breiman et al., theorem
/// 4.5). Missing cells go to the side on which they help more, and where a node has seen none, to the heavier side,
/// and so do categories that a node has not seen.
struct TreeGrower {
  /// When to stop and how many columns to try.
  struct Settings: Sendable, Equatable {
    var criterion: Criterion
    /// How many columns are drawn at each node; columns that are constant in the node count, but at least one that
    /// is not is tried if there is one.
    var columnsPerNode: Int
    var maximumDepth: Int
    /// The least weight of a leaf.
    var minimumLeafWeight: Double
    /// The most leaves; then the node whose test decreases the impurity most is split next, instead of depth first.
    var maximumLeaves: Int?
    /// Whether equal scores go to the column with the lowest number, not to the one that was drawn first.
    var prefersFirstColumn: Bool
  }

  typealias Sample = GroupTable.Sample

  let columns: [RankedColumns.Column]
  let ranked: RankedColumns
  let settings: Settings
  /// The number of classes, or 0 for a number.
  let classCount: Int
  /// A leaf's number is `offset` + `unit` · the mean of its values.
  private let offset: Double
  private let unit: Double

  var samples: [Sample]
  var spare: [Sample]
  var table: GroupTable
  /// All columns; while a node is split, the first ones are those known to be constant in it.
  var order: [Int32]
  /// The places from which constant columns were drawn at the node that is being split.
  var drawnPlaces: [Int] = []
  private var tree = Tree()
  private var rootWeight = 0.0

  /// A grower over the rows of positive weight.
  init(_ ranked: RankedColumns, _ learner: TreeLearner, weights: [Double], settings: Settings) {
    self.ranked = ranked
    columns = ranked.columns
    samples = learner.samples(weights: weights)
    classCount = learner.classCount
    offset = learner.offset
    unit = learner.unit
    self.settings = settings
    spare = samples
    let isScalar = classCount <= 1 || classCount == 2 && settings.criterion != .entropy
    table = GroupTable(
      width: isScalar ? 2 : 1 + classCount, sampleCount: samples.count,
      codeCount: ranked.columns.map(\.codeCount).max() ?? 0)
    order = (0..<Int32(ranked.columns.count)).map { $0 }
  }

  /// A node whose samples wait to be split.
  private struct Pending {
    var node: Int
    var samples: Range<Int>
    var depth: Int
    var constantColumns: Int
  }

  /// The best test found for a node so far.
  struct Test {
    var column: Int
    var score: Double
    var missingLeft: Bool
    /// Numbers: the greatest code that goes left, and the threshold.
    var lastLeftCode = 0
    var threshold: Float = 0
    /// Categories: the set that goes left.
    var leftSet: [UInt64] = []
    var sawMissing: Bool
  }

  /// Grows the tree; the columns of its tests are numbered as in the ranked columns.
  mutating func grow(using generator: inout some RandomNumberGenerator) -> Tree {
    rootWeight = samples.reduce(0) { $0 + $1.weight }
    appendUndecidedNode()
    let root = Pending(node: 0, samples: samples.indices, depth: 0, constantColumns: 0)
    if let maximumLeaves = settings.maximumLeaves {
      growBestFirst(root, maximumLeaves, using: &generator)
    } else {
      growDepthFirst(root, using: &generator)
    }
    return tree
  }

  private mutating func growDepthFirst(_ root: Pending, using generator: inout some RandomNumberGenerator) {
    var pending = [root]
    while var next = pending.popLast() {
      let moments = moments(next.samples)
      guard var test = test(&next, moments, using: &generator) else {
        setLeaf(next.node, moments)
        continue
      }
      let (left, right) = split(next, by: &test, moments)
      pending += [right, left]
    }
  }

  /// Every node that could be split waits with its test, and the largest decrease of impurity goes first, the one that
  /// came first among equals.
  private mutating func growBestFirst(
    _ root: Pending, _ maximumLeaves: Int, using generator: inout some RandomNumberGenerator
  ) {
    var waiting: [(node: Pending, test: Test, moments: [Double], gain: Double)] = []
    var fresh = [root]
    var leaves = 1
    repeat {
      for var node in fresh {
        let moments = moments(node.samples)
        // Nodes of different branches take turns here, so what is constant in one says nothing of the next.
        node.constantColumns = 0
        if leaves < maximumLeaves, let test = test(&node, moments, using: &generator) {
          waiting.append((node, test, moments, test.score - GroupTable.score(moments, settings.criterion)))
        } else {
          setLeaf(node.node, moments)
        }
      }
      fresh = []
      guard leaves < maximumLeaves, !waiting.isEmpty else { break }
      let place = waiting.indices.argmax { waiting[$0].gain < waiting[$1].gain }
      let next = waiting.remove(at: place)
      var test = next.test
      let (left, right) = split(next.node, by: &test, next.moments)
      fresh = [left, right]
      leaves += 1
    } while true
    for (node, _, moments, _) in waiting { setLeaf(node.node, moments) }
  }

  /// The best test of a node, or nil where it is to be a leaf.
  private mutating func test(
    _ node: inout Pending, _ moments: [Double], using generator: inout some RandomNumberGenerator
  ) -> Test? {
    guard
      node.depth < settings.maximumDepth, node.samples.count > 1, moments[0] >= 2 * settings.minimumLeafWeight,
      !isPure(node.samples, moments)
    else { return nil }
    return bestTest(node.samples, &node.constantColumns, using: &generator)
  }

  /// Makes the test of a node and returns its children, which wait to be split.
  private mutating func split(_ parent: Pending, by test: inout Test, _ moments: [Double]) -> (Pending, Pending) {
    let middle = partition(parent.samples, by: &test)
    let firstChild = tree.nodes.count
    setTest(test, at: parent.node, firstChild: firstChild, moments)
    appendUndecidedNode()
    appendUndecidedNode()
    func child(_ node: Int, _ samples: Range<Int>) -> Pending {
      Pending(node: node, samples: samples, depth: parent.depth + 1, constantColumns: parent.constantColumns)
    }
    return (
      child(firstChild, parent.samples.lowerBound..<middle), child(firstChild + 1, middle..<parent.samples.upperBound)
    )
  }

  private func moments(_ range: Range<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: table.width)
    let isScalar = table.width == 2
    for sample in samples[range] {
      sums[0] += sample.weight
      if isScalar { sums[1] += sample.weight * sample.value } else { sums[1 + Int(sample.label)] += sample.weight }
    }
    return sums
  }

  private func isPure(_ range: Range<Int>, _ moments: [Double]) -> Bool {
    if table.width > 2 { return moments[1...].contains(moments[0]) }
    let first = samples[range.lowerBound].value
    return samples[range].allSatisfy { $0.value == first }
  }

  private mutating func appendUndecidedNode() {
    tree.nodes.append(.leaf(number: 0, index: tree.nodes.count))
    tree.decreases.append(0)
  }

  private mutating func setLeaf(_ node: Int, _ moments: [Double]) {
    let outputs = max(1, classCount)
    tree.nodes[node] = .leaf(number: tree.leafValues.count / outputs, index: node)
    if table.width > 2 {
      tree.leafValues += moments[1...].map { $0 / moments[0] }
    } else if classCount == 0 {
      tree.leafValues.append(offset + unit * (moments[1] / moments[0]))
    } else {
      let share = moments[1] / moments[0]
      tree.leafValues += classCount == 1 ? [1] : [1 - share, share]
    }
  }

  private mutating func setTest(_ test: Test, at node: Int, firstChild: Int, _ moments: [Double]) {
    let isCategorical = columns[test.column].isCategorical
    var flags: UInt32 = test.missingLeft ? Tree.Node.missingLeftFlag : 0
    var payload = test.threshold.bitPattern
    if isCategorical {
      flags |= Tree.Node.categoricalFlag
      payload = UInt32(tree.categorySets.count)
      tree.categorySets += test.leftSet
      let words = (columns[test.column].levelCount + 63) / 64
      let rest: UInt64 = test.missingLeft ? .max : 0
      tree.categorySets += [UInt64](repeating: rest, count: words - test.leftSet.count)
    }
    tree.nodes[node] = Tree.Node(
      slot: Int32(test.column), payload: payload, firstChild: Int32(firstChild), flags: flags)
    // The score of two classes is that of a variance, half the Gini impurity.
    let scale: Double = classCount == 2 && table.width == 2 ? 2 : 1
    let decrease = scale * (test.score - GroupTable.score(moments, settings.criterion)) / rootWeight
    tree.decreases[node] = Float(max(0, decrease))
  }
}
