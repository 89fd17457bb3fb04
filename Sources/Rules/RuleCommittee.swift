import DataFrames
import Learning
import RealModule
import Tensors

/// Rules that vote: the leaves of a few trees over the inputs, each of which tells between the clauses of the last
/// hidden layer.
///
/// A tree over the units of that layer says, as rules, how the network decides from there on. For each row it is known
/// which of these clauses holds. A tree over the inputs learns that, on rows drawn with replacement and columns drawn
/// at each node (Breiman, *Random forests*, 2001), so that the trees differ and their mistakes are apart; its leaves
/// conclude as the network does on most of their rows, and joined leaves of one class are one rule. Of each tree one
/// rule fires for a row, so each tree has one vote.
struct RuleCommittee: Sendable {
  /// The inputs.
  let inputs: CodedRows
  /// The units of each hidden layer, for the same rows; the clauses are those of the last one.
  let layers: [CodedRows]
  /// The network's class of each row.
  let labels: [Int]
  /// How many of the rows, the first ones, are learned from: random rows among them would draw the trees away from what
  /// the vote is to follow.
  let count: Int
  /// The number of classes.
  let classCount: Int
  /// The columns that rules may ask for.
  let columns: [Int]
  /// The seed of all draws.
  let seed: UInt64
  /// The most rules of one tree in a small and in a large committee.
  var ruleCounts = [20, 78]

  /// The most clauses of a hidden layer.
  private static let maximumClauses = 4
  /// The trees, and the fewest rules of one.
  private static let treeCount = 5
  private static let leastRules = 4
  /// The fewest columns that are drawn at a node.
  private static let leastColumns = 6

  /// The fewest rows from which it pays to keep some back and see how well a vote does.
  static let leastRows = 400

  /// Rules that decide so, taken over the classes, as the network does are not replaced: a short list that can be read
  /// is worth more than the last rows.
  static let sufficientFidelity = 0.95
  private static let largestShare = 0.9

  /// Puts rules that vote in the place of others where they follow the network clearly better (`better`), learned anew
  /// from all rows, those that were set aside among them, if there is time.
  /// - Parameters:
  ///   - rules: the others.
  ///   - cuts: what was left out; of rules that vote, no list was cut.
  ///   - aside: rows that neither was made from, with the network's classes.
  ///   - network: the network.
  ///   - learning: the rows that both were made from.
  ///   - task: all rows.
  ///   - budgets: how long the vote may be sought, and how long it may be learned anew.
  /// - Throws: what keeps the network from answering.
  func replace(
    _ rules: inout RuleSet, _ cuts: inout [Extraction.Cut], on aside: (rows: Matrix, labels: [Int]),
    _ network: any LayeredModel, _ learning: ExtractionTask, _ task: ExtractionTask,
    budgets: (seeking: Budget, learning: Budget)
  ) throws {
    guard let voters = better(than: rules, on: aside, learning, budget: budgets.seeking) else { return }
    rules = try relearned(size: voters.size, network, task, budget: budgets.learning) ?? voters.rules
    cuts.removeAll { if case .rules = $0 { true } else { false } }
  }

  /// The rules as a rule set that votes, if `other` is not good enough (`sufficientFidelity`, balanced) and they are
  /// clearly better: by more than two standard errors of the difference (McNemar 1947), and wrong on at most
  /// `largestShare` of its wrong rows. A small set is tried first, and a large one has to be as much better than that.
  /// - Parameters:
  ///   - other: the rules that they may take the place of.
  ///   - aside: rows that neither was made from, with the network's classes.
  ///   - task: the rows that they are counted on, and what bounds the work.
  ///   - budget: once it is spent no more trees are grown.
  /// - Returns: nil where they are not.
  func better(
    than other: RuleSet, on aside: (rows: Matrix, labels: [Int]),
    _ task: ExtractionTask,
    budget: Budget
  ) -> (rules: RuleSet, size: Int)? {
    if aside.labels.isEmpty { return nil }
    func isRight(_ set: RuleSet) -> [Bool] {
      zip(set.classes(aside.rows, workers: task.workers), aside.labels).map { $0 == $1 }
    }
    let figures = RuleFigures(
      other, aside.rows, answers: aside.labels, classes: aside.labels, workers: task.workers)
    if figures.balancedFidelity >= Self.sufficientFidelity { return nil }
    var best: (rules: RuleSet, size: Int)?
    var right = isRight(other)
    let sets = rules(
      maximumRules: task.limits.maximumRules, budget: budget, workers: task.workers)
    for (size, rules) in sets.enumerated() {
      let set = voting(rules, task)
      let own = isRight(set)
      let gained = zip(own, right).count { $0 && !$1 }
      let lost = zip(own, right).count { !$0 && $1 }
      if Double(gained - lost) > 2 * Double(gained + lost).squareRoot(),
        Double(own.count { !$0 }) <= Self.largestShare * Double(right.count { !$0 })
      {
        best = (set, size)
        right = own
      }
    }
    return best
  }

  /// A rule set that votes, with the counts of the task's rows; rules that fire for none of them are left out.
  private func voting(_ rules: [RuleCover.Candidate], _ task: ExtractionTask) -> RuleSet {
    let sizes = (0..<classCount).map { label in task.labels.count { $0 == label } }
    let commonest = sizes.argmax()
    var set = task.ruleSet(
      RuleCover.List(rules: rules, defaultClass: commonest), inputs.table, semantics: .vote)
    set.rules.removeAll { $0.support == 0 }
    return set
  }

  /// A vote of the given size that is learned from all rows of a task, those that were set aside among them.
  /// - Parameters:
  ///   - size: the place of the size, as `better` has it.
  ///   - network: the network.
  ///   - task: the rows.
  ///   - budget: once it is spent no more trees are grown.
  /// - Returns: nil where there is no time.
  /// - Throws: what keeps the network from answering.
  func relearned(
    size: Int, _ network: any LayeredModel, _ task: ExtractionTask,
    budget: Budget
  ) throws -> RuleSet? {
    if budget.isSpent { return nil }
    let layers = try network.hiddenActivations(task.rows, workers: task.workers).map {
      CodedRows(units: $0, maximumBins: 64, workers: task.workers)
    }
    let all = RuleCommittee(
      inputs: CodedRows(task.rows, inputs.table, workers: task.workers), layers: layers,
      labels: task.labels,
      count: task.labels.count, classCount: classCount, columns: columns, seed: seed,
      ruleCounts: [ruleCounts[size]])
    let sets = all.rules(
      maximumRules: task.limits.maximumRules, budget: budget, workers: task.workers)
    return sets.first.map { all.voting($0, task) }
  }

  /// The rules of a small committee and of a large one.
  /// - Parameters:
  ///   - maximumRules: the most rules of either.
  ///   - budget: once it is spent no more trees are grown.
  ///   - workers: the threads that may share the work.
  /// - Returns: none where there are too few for a vote, or no time for the trees.
  /// - Complexity: O(trees · n · √columns · depth)
  func rules(
    maximumRules: Int, budget: Budget, workers: Workers
  ) -> [[RuleCover.Candidate]] {
    let treeCount = min(Self.treeCount, maximumRules / Self.leastRules)
    guard treeCount >= 3, !layers.isEmpty else { return [] }
    let counts = Set(ruleCounts.map { min($0, maximumRules / treeCount) }).sorted()
    let trees = workers.silent.map(count: treeCount) { index -> [[RuleCover.Candidate]] in
      let rules = member(index, ruleCounts: counts, budget)
      return budget.isSpent ? [] : rules
    }
    if trees.contains(where: \.isEmpty) { return [] }
    return counts.indices.map { size in trees.flatMap { $0[size] } }
  }

  /// Rows drawn with replacement, a class of n rows in proportion to n^⅔: where a rare class is not alone, most trees
  /// would else overlook it.
  private func draw(_ generator: inout SeededGenerator) -> [Int] {
    var rows = [[Int]](repeating: [], count: classCount)
    for row in 0..<count { rows[labels[row]].append(row) }
    let weights = rows.map { Double.pow(Double($0.count), 2.0 / 3) }
    let total = weights.reduce(0, +)
    return (0..<count).map { _ in
      var place = generator.uniform() * total
      let label = weights.indices.first { label in
        place -= weights[label]
        return place < 0
      }
      // The sums may leave the last one out by a rounding.
      let own = label.map { rows[$0] } ?? []
      if own.isEmpty { return Int.random(in: 0..<count, using: &generator) }
      return own[Int.random(in: own.indices, using: &generator)]
    }
  }

  /// The rules of one tree.
  private func member(
    _ index: Int, ruleCounts: [Int], _ budget: Budget
  ) -> [[RuleCover.Candidate]] {
    let most = ruleCounts.last ?? 1
    var generator = SeededGenerator(seed: seed, stream: UInt64(index), purpose: .bank)
    let drawn = draw(&generator)
    let layer = layers[layers.count - 1]
    let least = max(2, count / 2000)
    let clauses = CodedTree(
      layer, chosen: drawn, labels: labels, classCount: classCount,
      settings: CodedTree.Settings(
        minimumRows: least, purity: 0.999, maximumLeaves: Self.maximumClauses, budget: budget))
    let places = Dictionary(
      uniqueKeysWithValues: clauses.leaves.enumerated().map { ($0.element.node, $0.offset) })
    let held = labels.indices.map { places[clauses.leaf(layer, row: $0)] ?? 0 }
    let grown = CodedTree(
      inputs, chosen: drawn, labels: held, classCount: max(1, places.count), columns: columns,
      settings: CodedTree.Settings(
        minimumRows: 2, isPruned: false, chargesCuts: false, usesRatio: false,
        maximumLeaves: 2 * most, drawnColumns: max(Self.leastColumns, (columns.count + 4) / 5),
        seed: seed &+ UInt64(index), budget: budget))
    // What the network says of most of a node's rows.
    var sums = [Int](repeating: 0, count: grown.nodes.count * classCount)
    for row in drawn { sums[grown.leaf(inputs, row: row) * classCount + labels[row]] += 1 }
    for node in grown.nodes.indices.reversed() where grown.nodes[node].left != nil {
      let child = grown.nodes[node].firstChild * classCount
      for label in 0..<classCount {
        sums[node * classCount + label] += sums[child + label] + sums[child + classCount + label]
      }
    }
    let decided = grown.nodes.indices.map { node in
      (0..<classCount).reduce(0) {
        sums[node * classCount + $1] > sums[node * classCount + $0] ? $1 : $0
      }
    }
    return ruleCounts.map { count in
      // Joined leaves make room for more of the tree.
      var leaves = min(2 * count, grown.leafCount)
      var tree = grown.truncated(leaves: leaves)
      tree.join { decided[$0] }
      while tree.leafCount > count {
        leaves = leaves * 19 / 20
        tree = grown.truncated(leaves: leaves)
        tree.join { decided[$0] }
      }
      return tree.leaves.map { RuleCover.Candidate(box: $0.box, conclusion: decided[$0.node]) }
    }
  }
}
