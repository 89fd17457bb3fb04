import DataFrames
import Tensors

/// Rules that vote: the leaves of a few trees over the inputs, each of which tells between the clauses of one hidden layer.
///
/// A tree over the units of a hidden layer says, as rules, how the network decides from there on. For each row it is known which
/// of these clauses holds. A tree over the inputs learns that, on rows drawn with replacement and columns drawn at each node
/// (Breiman, *Random forests*, 2001), so that the trees differ and their mistakes are apart; its leaves conclude as their
/// clause does, and joined leaves of one class are one rule. Of each tree one rule fires for a row, so each tree has one vote.
struct RuleCommittee: Sendable {
  /// The inputs.
  let inputs: CodedRows
  /// The units of each hidden layer, for the same rows.
  let layers: [CodedRows]
  /// The network's class of each row.
  let labels: [Int]
  /// How many of the rows, the first ones, are learned from: random rows among them would draw the trees away from what the
  /// vote is to follow.
  let count: Int
  /// The number of classes.
  let classCount: Int
  /// The columns that rules may ask for.
  let columns: [Int]
  /// The seed of all draws.
  let seed: UInt64

  /// The most clauses of a hidden layer.
  private static let maximumClauses = 8
  /// The trees, and the fewest and most rules of one.
  private static let treeCount = 5
  private static let ruleCounts = 4...78
  /// The fewest columns that are drawn at a node.
  private static let leastColumns = 6

  /// The fewest rows from which it pays to keep some back and see how well a vote does.
  static let leastRows = 400

  /// The rules as a rule set that votes, if they are clearly better than `other`: wrong on a quarter fewer of the rows set
  /// aside, and by more than two standard errors of the difference (McNemar 1947).
  /// - Parameters:
  ///   - other: the rules that they may take the place of.
  ///   - aside: rows that neither was made from, with the network's classes.
  ///   - task: the rows that they are counted on, and what bounds the work.
  ///   - deadline: from when on no more trees are grown.
  /// - Returns: nil where they are not.
  func better(
    than other: RuleSet, on aside: (rows: Matrix, labels: [Int]), _ task: ExtractionTask,
    deadline: ContinuousClock.Instant?
  ) -> RuleSet? {
    guard !aside.labels.isEmpty,
      let rules = rules(maximumRules: task.budget.maximumRules, deadline: deadline, workers: task.workers)
    else { return nil }
    let sizes = (0..<classCount).map { label in task.labels.count { $0 == label } }
    let commonest = sizes.indices.reduce(0) { sizes[$1] > sizes[$0] ? $1 : $0 }
    var set = task.ruleSet(RuleCover.List(rules: rules, defaultClass: commonest), inputs.table, semantics: .vote)
    set.rules.removeAll { $0.support == 0 }
    let first = zip(set.classes(aside.rows, workers: task.workers), aside.labels).map { $0 == $1 }
    let second = zip(other.classes(aside.rows, workers: task.workers), aside.labels).map { $0 == $1 }
    let gained = zip(first, second).count { $0 && !$1 }
    let lost = zip(first, second).count { !$0 && $1 }
    let isBetter =
      Double(gained - lost) > 2 * Double(gained + lost).squareRoot()
      && Double(first.count { !$0 }) <= 0.75 * Double(second.count { !$0 })
    return isBetter ? set : nil
  }

  /// The rules.
  /// - Parameters:
  ///   - maximumRules: the most of them.
  ///   - deadline: from when on no more trees are grown.
  ///   - workers: the threads that may share the work.
  /// - Returns: the rules, or nil where there are too few for a vote, or no time for three trees.
  /// - Complexity: O(trees · n · √columns · depth)
  func rules(
    maximumRules: Int, deadline: ContinuousClock.Instant?, workers: Workers
  ) -> [RuleCover.Candidate]? {
    let treeCount = min(Self.treeCount, maximumRules / Self.ruleCounts.lowerBound)
    guard treeCount >= 3, !layers.isEmpty else { return nil }
    let most = min(Self.ruleCounts.upperBound, maximumRules / treeCount)
    let trees = workers.silent.map(count: treeCount) { index -> [RuleCover.Candidate]? in
      let rules = member(index, maximumRules: most, deadline)
      return ContinuousClock.isPast(deadline) ? nil : rules
    }.compactMap { $0 }
    return trees.count < 3 ? nil : trees.flatMap { $0 }
  }

  /// The rules of one tree.
  private func member(
    _ index: Int, maximumRules: Int, _ deadline: ContinuousClock.Instant?
  ) -> [RuleCover.Candidate] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(index), purpose: .bank)
    let drawn = (0..<count).map { _ in Int.random(in: 0..<count, using: &generator) }
    let layer = layers[layers.count - 1 - index % layers.count]
    let least = max(2, count / 2000)
    let clauses = CodedTree(
      layer, chosen: drawn, labels: labels, classCount: classCount,
      settings: CodedTree.Settings(
        minimumRows: least, purity: 0.999, maximumLeaves: Self.maximumClauses, deadline: deadline))
    var places: [Int: Int] = [:]
    var conclusions: [Int] = []
    for leaf in clauses.leaves {
      places[leaf.node] = conclusions.count
      conclusions.append(clauses.majority(leaf.node))
    }
    let held = labels.indices.map { places[clauses.leaf(layer, row: $0)] ?? 0 }
    let grown = CodedTree(
      inputs, chosen: drawn, labels: held, classCount: conclusions.count, columns: columns,
      settings: CodedTree.Settings(
        minimumRows: max(2, count / 10_000), isPruned: false, chargesCuts: false, usesRatio: false,
        maximumLeaves: 2 * maximumRules, drawnColumns: max(Self.leastColumns, (columns.count + 4) / 5),
        seed: seed &+ UInt64(index), deadline: deadline))
    // A leaf concludes as most of its rows' clauses do.
    let decided = grown.nodes.indices.map { node -> Int in
      var sums = [Int](repeating: 0, count: classCount)
      for clause in conclusions.indices { sums[conclusions[clause]] += grown.count(node, clause) }
      return sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
    }
    // Joined leaves make room for more of the tree.
    var leaves = 2 * maximumRules
    var tree = grown
    tree.join { decided[$0] }
    while tree.leafCount > maximumRules {
      leaves = leaves * 19 / 20
      tree = grown.truncated(leaves: leaves)
      tree.join { decided[$0] }
    }
    return tree.leaves.map { RuleCover.Candidate(box: $0.box, conclusion: decided[$0.node]) }
  }
}
