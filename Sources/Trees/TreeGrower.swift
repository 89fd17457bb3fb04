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
    /// Whether equal scores go to the column with the lowest number, not to the one that was drawn first.
    var prefersFirstColumn: Bool
  }

  typealias Sample = GroupTable.Sample

  private let columns: [RankedColumns.Column]
  private let ranked: RankedColumns
  private let settings: Settings
  /// The number of classes, or 0 for a number.
  private let classCount: Int
  /// A leaf's number is `offset` + `unit` · the mean of its values.
  private let offset: Double
  private let unit: Double

  private var samples: [Sample]
  private var spare: [Sample]
  private var table: GroupTable
  /// All columns; while a node is split, the first ones are those known to be constant in it.
  private var order: [Int32]
  /// The places from which constant columns were drawn at the node that is being split.
  private var drawnPlaces: [Int] = []
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
  private struct Test {
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
    var pending = [Pending(node: 0, samples: samples.indices, depth: 0, constantColumns: 0)]
    while let next = pending.popLast() {
      let moments = moments(next.samples)
      var constantColumns = next.constantColumns
      let mayGrow =
        next.depth < settings.maximumDepth && next.samples.count > 1
        && moments[0] >= 2 * settings.minimumLeafWeight && !isPure(next.samples, moments)
      guard mayGrow, var test = bestTest(next.samples, &constantColumns, using: &generator) else {
        setLeaf(next.node, moments)
        continue
      }
      let middle = partition(next.samples, by: &test)
      let firstChild = tree.nodes.count
      setTest(test, at: next.node, firstChild: firstChild, moments)
      appendUndecidedNode()
      appendUndecidedNode()
      for (child, range) in [(1, middle..<next.samples.upperBound), (0, next.samples.lowerBound..<middle)] {
        pending.append(
          Pending(
            node: firstChild + child, samples: range, depth: next.depth + 1, constantColumns: constantColumns))
      }
    }
    return tree
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

  /// Draws columns and returns the best test among them, or nil where all columns are constant in the node.
  private mutating func bestTest(
    _ range: Range<Int>, _ constantColumns: inout Int, using generator: inout some RandomNumberGenerator
  ) -> Test? {
    var best: Test?
    let known = constantColumns
    var drawnConstants = 0
    var foundConstants = 0
    var visited = 0
    // order = [constants drawn here | other known constants | found here | not drawn yet | drawn and tried].
    var end = order.count
    while end > known + foundConstants,
      visited < settings.columnsPerNode || visited <= foundConstants + drawnConstants
    {
      visited += 1
      let span = end - foundConstants - drawnConstants
      var place = drawnConstants + Int.random(in: 0..<span, using: &generator)
      if place < known {
        order.swapAt(drawnConstants, place)
        drawnPlaces.append(place)
        drawnConstants += 1
        continue
      }
      place += foundConstants
      let column = Int(order[place])
      samples.withUnsafeBufferPointer { table.gather(.init(rebasing: $0[range]), by: columns[column]) }
      if table.count + (table.hasMissing ? 1 : 0) <= 1 {
        order.swapAt(known + foundConstants, place)
        foundConstants += 1
        continue
      }
      end -= 1
      order.swapAt(end, place)
      consider(column, &best)
    }
    // Put back in their order: the first columns must stay those that are constant in this node's ancestors, which
    // are all that a node in another branch may take to be constant.
    while let place = drawnPlaces.popLast() {
      drawnConstants -= 1
      order.swapAt(drawnConstants, place)
    }
    constantColumns = known + foundConstants
    return best
  }

  /// Compares the best cut of the gathered column with the best test so far.
  private mutating func consider(_ column: Int, _ best: inout Test?) {
    let isCategorical = columns[column].isCategorical
    let keys: Int = isCategorical ? (table.width == 2 ? 1 : classCount) : 1
    for key in 0..<keys {
      if isCategorical {
        let moment = table.width == 2 ? 1 : 1 + key
        table.reorder { $0[$0.startIndex + moment] / $0[$0.startIndex] }
      }
      guard let cut = table.bestCut(settings.criterion, minimumWeight: settings.minimumLeafWeight),
        isBetter(cut.score, column, than: best)
      else { continue }
      var test = Test(
        column: column, score: cut.score, missingLeft: cut.missingLeft, sawMissing: table.hasMissing)
      if isCategorical {
        test.leftSet = [UInt64](repeating: 0, count: (columns[column].codeCount + 63) / 64)
        for code in table.codes[..<cut.groupsLeft] { test.leftSet[Int(code) >> 6] |= 1 << UInt64(code & 63) }
      } else {
        test.lastLeftCode = Int(table.codes[cut.groupsLeft - 1])
        test.threshold =
          cut.groupsLeft == table.count
          ? .infinity
          : ranked.threshold(column: column, left: test.lastLeftCode, right: Int(table.codes[cut.groupsLeft]))
      }
      best = test
    }
  }

  private func isBetter(_ score: Double, _ column: Int, than best: Test?) -> Bool {
    guard let best else { return true }
    return score > best.score || settings.prefersFirstColumn && score == best.score && column < best.column
  }

  /// Puts the samples that go left before the others, both in their order, and returns where the others start.
  /// Completes `test` with the way of missing cells and of categories that the node has not seen.
  private mutating func partition(_ range: Range<Int>, by test: inout Test) -> Int {
    let column = columns[test.column]
    let missingCode = column.codeCount
    var seen = [UInt64](repeating: 0, count: test.leftSet.count)
    var left = range.lowerBound
    var right = 0
    var leftWeight = 0.0
    var rightWeight = 0.0
    for place in range {
      let sample = samples[place]
      let code = Int(column.codes[Int(sample.row)])
      let goesLeft: Bool
      if code == missingCode {
        goesLeft = test.missingLeft
      } else if column.isCategorical {
        goesLeft = test.leftSet[code >> 6] >> UInt64(code & 63) & 1 != 0
        seen[code >> 6] |= 1 << UInt64(code & 63)
      } else {
        goesLeft = code <= test.lastLeftCode
      }
      if goesLeft {
        samples[left] = sample
        left += 1
        leftWeight += sample.weight
      } else {
        spare[right] = sample
        right += 1
        rightWeight += sample.weight
      }
    }
    for place in 0..<right { samples[left + place] = spare[place] }
    if leftWeight >= rightWeight {
      if !test.sawMissing { test.missingLeft = true }
      for word in test.leftSet.indices { test.leftSet[word] |= ~seen[word] }
    }
    return left
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
