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
  /// The number of classes.
  let classCount: Int
  /// The columns that rules may ask for.
  let columns: [Int]
  /// The seed of all draws.
  let seed: UInt64

  /// The most clauses of a hidden layer.
  private static let maximumClauses = 24
  /// The trees, and the fewest rules of one.
  private static let treeCount = 5
  private static let leastRules = 4

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
    let count = min(Self.treeCount, maximumRules / Self.leastRules)
    guard count >= 3, !layers.isEmpty else { return nil }
    let trees = workers.silent.map(count: count) { index -> [RuleCover.Candidate]? in
      let rules = member(index, maximumRules: maximumRules / count, deadline)
      return ContinuousClock.isPast(deadline) ? nil : rules
    }.compactMap { $0 }
    return trees.count < 3 ? nil : trees.flatMap { $0 }
  }

  /// The rules of one tree.
  private func member(
    _ index: Int, maximumRules: Int, _ deadline: ContinuousClock.Instant?
  ) -> [RuleCover.Candidate] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(index), purpose: .bank)
    let drawn = labels.indices.map { _ in Int.random(in: 0..<labels.count, using: &generator) }
    let layer = layers[layers.count - 1 - index % layers.count]
    let least = max(2, labels.count / 2000)
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
    var tree = CodedTree(
      inputs, chosen: drawn, labels: held, classCount: conclusions.count, columns: columns,
      settings: CodedTree.Settings(
        minimumRows: max(2, labels.count / 10_000), isPruned: false, chargesCuts: false, usesRatio: false,
        maximumLeaves: maximumRules, drawnColumns: max(1, (columns.count + 4) / 5), seed: seed &+ UInt64(index),
        deadline: deadline))
    // A leaf concludes as most of its rows' clauses do.
    func conclusion(_ node: Int) -> Int {
      var sums = [Int](repeating: 0, count: classCount)
      for clause in conclusions.indices { sums[conclusions[clause]] += tree.count(node, clause) }
      return sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
    }
    let decided = tree.nodes.indices.map { conclusion($0) }
    tree.join { decided[$0] }
    return tree.leaves.map { RuleCover.Candidate(box: $0.box, conclusion: decided[$0.node]) }
  }
}
