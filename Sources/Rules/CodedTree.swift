import DataFrames
import RealModule
import Tensors

/// A C4.5-like tree over coded rows, grown fast enough to be grown hundreds of times: the inner learner of the extractors.
///
/// At each node the cut with the largest information gain of each column, less log₂(cuts tried)/n; of the columns whose gain
/// is at least average the one with the largest gain ratio (Quinlan 1993, 1996). The cuts are those of the table, so that a
/// histogram over the codes is all that a node needs.
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
    /// From when on no node is split; nil: all are that can be.
    var deadline: ContinuousClock.Instant?
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
  /// Whether the deadline ended the growth.
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
    var grower = Grower(
      rows: rows, labels: labels, classCount: classCount, columns: columns ?? Array(rows.table.sizes.indices),
      settings: settings, workers: workers.silent, members: chosen, logs: Self.logs(chosen.count))
    nodes = [Node()]
    counts = grower.tally(0..<chosen.count)
    var pending: [Pending] = []
    func open(_ node: Int, _ range: Range<Int>, _ depth: Int) {
      guard depth < settings.maximumDepth, !isCut else { return }
      if ContinuousClock.isPast(settings.deadline) {
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
    let split: Grower.Split

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
    (0..<classCount).reduce(0) { count(node, $1) > count(node, $0) ? $1 : $0 }
  }

  /// Sub-trees become leaves, from the leaves up, where that is not expected to cost more errors.
  private mutating func prune() {
    var expected = [Double](repeating: 0, count: nodes.count)
    for node in nodes.indices.reversed() {
      let size = Double(total(node))
      let errors = size - Double(count(node, majority(node)))
      let asLeaf = errors + Pessimism.extraErrors(size, errors)
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

extension ContinuousClock {
  /// Whether a time is over; a time that is not given never is.
  static func isPast(_ instant: Instant?) -> Bool { instant.map { now >= $0 } ?? false }
}

/// Errors to expect beyond those that were counted.
enum Pessimism {
  /// z² of the confidence 0.25.
  private static let square = 0.6744897501960817 * 0.6744897501960817

  /// The errors that are to be expected on as many new rows beyond the `errors` among `count`: the upper limit of the
  /// binomial at confidence 0.25 (Quinlan 1993, section 4.2; the normal approximation as in Weka's `Stats.addErrs`).
  static func extraErrors(_ count: Double, _ errors: Double) -> Double {
    if count <= 0 { return 0 }
    if errors < 1 {
      let none = count * (1 - Double.pow(0.25, 1 / count))
      return errors <= 0 ? none : none + errors * (extraErrors(count, 1) - none)
    }
    if errors + 0.5 >= count { return max(count - errors, 0) }
    let share = (errors + 0.5) / count
    let root = (square * (share / count - share * share / count + square / (4 * count * count))).squareRoot()
    return (share + square / (2 * count) + root) / (1 + square / count) * count - errors
  }

  /// The share of errors to expect.
  static func rate(_ count: Double, _ errors: Double) -> Double {
    count <= 0 ? 1 : (errors + extraErrors(count, errors)) / count
  }
}

/// The rows of a tree while it grows.
private struct Grower {
  let rows: CodedRows
  let labels: [Int]
  let classCount: Int
  let columns: [Int]
  let settings: CodedTree.Settings
  let workers: Workers
  var members: [Int]
  let logs: [Double]

  struct Split {
    let left: Box.Side
    let right: Box.Side
    let gain: Double
    let ratio: Double
  }

  func tally(_ range: Range<Int>) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for place in range { counts[labels[members[place]]] += 1 }
    return counts
  }

  /// Puts the rows of the left side first and returns where the right side starts.
  mutating func partition(_ range: Range<Int>, _ left: Box.Side) -> Int {
    var rest: [Int] = []
    var next = range.lowerBound
    let start = left.column * rows.count
    for place in range {
      let row = members[place]
      if left.allows(rows.codes[start + row]) {
        members[next] = row
        next += 1
      } else {
        rest.append(row)
      }
    }
    for (offset, row) in rest.enumerated() { members[next + offset] = row }
    return next
  }

  /// The columns that may be tested at a node.
  private func candidates(_ node: Int) -> [Int] {
    guard let count = settings.drawnColumns, count < columns.count else { return columns }
    var generator = SeededGenerator(seed: settings.seed, stream: UInt64(node), purpose: .tree)
    var drawn = columns
    for place in 0..<count { drawn.swapAt(place, Int.random(in: place..<drawn.count, using: &generator)) }
    return Array(drawn[..<count])
  }

  func split(_ range: Range<Int>, node: Int) -> Split? {
    let size = range.count
    if size < 2 * settings.minimumRows { return nil }
    let counts = tally(range)
    guard let largest = counts.max(), Double(largest) < settings.purity * Double(size), largest < size else {
      return nil
    }
    let columns = candidates(node)
    // Below this, threads cost more than they save.
    let found = (range.count * columns.count > 50_000 ? workers : .one).map(count: columns.count) {
      self.split(range, column: columns[$0])
    }.compactMap { $0 }
    if found.isEmpty { return nil }
    if !settings.usesRatio {
      return found.reduce(nil) { best, split in best.map { $0.gain >= split.gain } ?? false ? best : split }
    }
    let average = found.reduce(0) { $0 + $1.gain } / Double(found.count) - 1e-3
    return found.filter { $0.gain >= average }.reduce(nil) { best, split in
      best.map { $0.ratio >= split.ratio } ?? false ? best : split
    }
  }

  /// The best cut of one column.
  private func split(_ range: Range<Int>, column: Int) -> Split? {
    let size = rows.table.sizes[column]
    if size < 2 { return nil }
    var histogram = [Int32](repeating: 0, count: size * classCount)
    var lowest = size
    var highest = -1
    var missing = 0
    let start = column * rows.count
    rows.codes.withUnsafeBufferPointer { codes in
      labels.withUnsafeBufferPointer { labels in
        for place in range {
          let row = members[place]
          let code = codes[start + row]
          if code == CutTable.missing {
            missing += 1
            continue
          }
          let bin = Int(code)
          histogram[bin * classCount + labels[row]] += 1
          if bin < lowest { lowest = bin }
          if bin > highest { highest = bin }
        }
      }
    }
    if highest <= lowest { return nil }
    let isCategory = column < rows.table.features.count && rows.table.features[column].levelCount != nil
    let order = isCategory ? order(histogram, size) : Array(lowest...highest)
    guard let best = bestCut(histogram, order, known: range.count - missing) else { return nil }
    let known = Double(range.count - missing)
    let charge = settings.chargesCuts ? Double.log2(Double(best.tries)) : 0
    let gain = (best.gain * known - charge) / Double(range.count)
    if gain <= 1e-9 { return nil }
    // A plane's sides say nothing of missing cells.
    let saysMissing = missing > 0 && column < rows.table.features.count
    let leftTakesMissing = saysMissing && best.left * 2 >= range.count - missing
    let rightTakesMissing = saysMissing && !leftTakesMissing
    let left: Box.Side
    let right: Box.Side
    if isCategory {
      let words = CategorySet(order[...best.place])
      left = Box.Side(column: column, set: words, orMissing: leftTakesMissing)
      right = Box.Side(
        column: column, set: CategorySet(all: size).subtracting(words), orMissing: rightTakesMissing)
    } else {
      left = Box.Side(column: column, low: 0, high: order[best.place], orMissing: leftTakesMissing)
      right = Box.Side(column: column, low: order[best.place] + 1, high: size - 1, orMissing: rightTakesMissing)
    }
    let share = Double(best.left) / known
    let information = -(share * Double.log2(share) + (1 - share) * Double.log2(1 - share))
    return Split(left: left, right: right, gain: gain, ratio: gain / max(information, 1e-9))
  }

  /// The categories by the share of the commonest class among their rows; those without rows last.
  private func order(_ histogram: [Int32], _ size: Int) -> [Int] {
    var totals = [Int32](repeating: 0, count: classCount)
    for index in histogram.indices { totals[index % classCount] += histogram[index] }
    let label = totals.indices.reduce(0) { totals[$1] > totals[$0] ? $1 : $0 }
    let shares = (0..<size).map { code -> Double in
      let sum = histogram[code * classCount..<(code + 1) * classCount].reduce(0, +)
      return sum == 0 ? 2 : Double(histogram[code * classCount + label]) / Double(sum)
    }
    return (0..<size).sorted { shares[$0] != shares[$1] ? shares[$0] < shares[$1] : $0 < $1 }
  }

  private func bestCut(
    _ histogram: [Int32], _ order: [Int], known: Int
  ) -> (place: Int, gain: Double, tries: Int, left: Int)? {
    var totals = [Int](repeating: 0, count: classCount)
    for code in order {
      for label in 0..<classCount { totals[label] += Int(histogram[code * classCount + label]) }
    }
    let before = logs[known] - totals.reduce(0.0) { $0 + logs[$1] }
    var left = [Int](repeating: 0, count: classCount)
    var below = 0
    var tries = 0
    var best: (place: Int, after: Double, left: Int)?
    for (place, code) in order.enumerated().dropLast() {
      var here = 0
      for label in 0..<classCount {
        let count = Int(histogram[code * classCount + label])
        left[label] += count
        here += count
      }
      below += here
      if here == 0 || below < settings.minimumRows || known - below < settings.minimumRows { continue }
      tries += 1
      var after = logs[below] + logs[known - below]
      for label in 0..<classCount { after -= logs[left[label]] + logs[totals[label] - left[label]] }
      if best.map({ after < $0.after }) ?? true { best = (place, after, below) }
    }
    return best.map { ($0.place, (before - $0.after) / Double(known), max(1, tries), $0.left) }
  }
}
