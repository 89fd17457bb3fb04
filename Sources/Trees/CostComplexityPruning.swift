/// Minimal cost-complexity pruning (Breiman et al., 1984, chapter 3): of all trees that a tree can be cut down to, the
/// one with the least impurity + α · leaves, for every α.
///
/// The impurity of a tree is the sum over its leaves of impurity times the share of the weight. The node t whose branch
/// is the weakest link, with the least (R(t) − R(branch)) / (leaves of the branch − 1), is made a leaf first.
public struct CostComplexityPruning: Sendable, Equatable {
  /// One node made a leaf.
  struct Step: Sendable, Equatable {
    /// The α from which on the node is a leaf.
    let alpha: Double
    let node: Int
  }

  /// The steps from the full tree to its root, α not falling.
  let steps: [Step]
  private let ensemble: TreeEnsemble
  private let statistics: TreeStatistics

  /// The α at which the tree changes, ascending; 0 first, for the full tree.
  public var alphas: [Double] {
    steps.reduce(into: [0]) { alphas, step in
      if step.alpha > (alphas.last ?? 0) { alphas.append(step.alpha) }
    }
  }

  /// Finds the order in which a tree's branches are cut.
  /// - Parameters:
  ///   - ensemble: an ensemble of one tree.
  ///   - statistics: its rows at every node.
  /// - Complexity: O(nodes²) at worst
  public init(_ ensemble: TreeEnsemble, _ statistics: TreeStatistics) {
    self.ensemble = ensemble
    self.statistics = statistics
    let nodes = ensemble.trees[0].nodes
    let total = statistics.nodes[0].weight
    let risks = statistics.nodes.map { $0.weight / total * $0.impurity }
    var parents = [Int](repeating: -1, count: nodes.count)
    var branchRisks = risks
    var leaves = [Int](repeating: 1, count: nodes.count)
    // Children stand behind their parents.
    for index in nodes.indices.reversed() where !nodes[index].isLeaf {
      let child = Int(nodes[index].firstChild)
      parents[child] = index
      parents[child + 1] = index
      branchRisks[index] = branchRisks[child] + branchRisks[child + 1]
      leaves[index] = leaves[child] + leaves[child + 1]
    }
    var inner = nodes.indices.filter { !nodes[$0].isLeaf }
    var isCut = [Bool](repeating: false, count: nodes.count)
    var steps: [Step] = []
    var alpha = 0.0
    while !inner.isEmpty {
      var weakest = -1
      var least = Double.infinity
      for index in inner {
        let link = (risks[index] - branchRisks[index]) / Double(leaves[index] - 1)
        if link < least {
          least = link
          weakest = index
        }
      }
      guard weakest >= 0 else { break }
      alpha = max(alpha, least)
      steps.append(Step(alpha: alpha, node: weakest))
      let (risk, count) = (risks[weakest] - branchRisks[weakest], leaves[weakest] - 1)
      var above = weakest
      while above >= 0 {
        branchRisks[above] += risk
        leaves[above] -= count
        above = parents[above]
      }
      isCut[weakest] = true
      for index in nodes.indices where parents[index] >= 0 && isCut[parents[index]] { isCut[index] = true }
      inner.removeAll { isCut[$0] }
    }
    self.steps = steps
  }

  /// The tree of the least impurity + `alpha` · leaves; of several the smallest.
  /// - Complexity: O(nodes)
  public func tree(alpha: Double) -> TreeEnsemble {
    let original = ensemble.trees[0]
    var isLeaf = original.nodes.map(\.isLeaf)
    for step in steps where step.alpha <= alpha { isLeaf[step.node] = true }
    var pruned = Tree()
    var pending = [(old: 0, new: 0)]
    pruned.nodes.append(.leaf(number: 0, index: 0))
    pruned.decreases.append(0)
    while let (old, new) = pending.popLast() {
      if isLeaf[old] {
        let values = statistics.nodes[old].values
        pruned.nodes[new] = .leaf(number: pruned.leafValues.count / values.count, index: new)
        pruned.leafValues += values
        continue
      }
      let first = pruned.nodes.count
      var node = original.nodes[old]
      let child = Int(node.firstChild)
      node.firstChild = Int32(first)
      node.slot = Int32(ensemble.columns[Int(node.slot)])
      pruned.nodes[new] = node
      pruned.decreases[new] = original.decreases[old]
      pruned.nodes += [.leaf(number: 0, index: first), .leaf(number: 0, index: first + 1)]
      pruned.decreases += [0, 0]
      pending += [(child + 1, first + 1), (child, first)]
    }
    pruned.categorySets = original.categorySets
    return TreeEnsemble([pruned], columnCount: (ensemble.columns.last ?? -1) + 1, outputs: ensemble.outputs)
  }
}
