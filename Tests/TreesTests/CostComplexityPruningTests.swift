import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

@Suite struct CostComplexityPruningTests {
  @Test func pathsAndPrunedTreesAreThoseOfScikitLearn() throws {
    let references = try CartReferences.load()
    for item in references.cases {
      let (data, weights, tree, ensemble) = item.fit()
      let statistics = TreeStatistics(ensemble, data, weights: weights, criterion: tree.criterion)
      let pruning = CostComplexityPruning(ensemble, statistics)
      #expect((pruning.alphas.last ?? 0) - (item.alphas.last ?? 1) < 1e-10, "\(item.name)")
      for alpha in item.alphas {
        #expect(pruning.alphas.contains { ($0 - alpha).magnitude < 1e-10 }, "\(item.name), \(alpha)")
      }
      #expect(!item.pruned.isEmpty)
      for expected in item.pruned {
        let pruned = pruning.tree(alpha: expected.alpha)
        CartReferences.expect(
          pruned, TreeStatistics(pruned, data, weights: weights, criterion: tree.criterion), equals: expected.nodes,
          "\(item.name), alpha \(expected.alpha)")
      }
    }
  }

  @Test func noTreeOfTheSameRowsIsCheaper() throws {
    // Every way to cut the tree down is tried.
    let references = try CartReferences.load()
    let item = references.cases[2]
    let (data, _, tree, ensemble) = item.fit()
    let statistics = TreeStatistics(ensemble, data, weights: nil, criterion: tree.criterion)
    let nodes = ensemble.trees[0].nodes
    func risk(_ node: Int) -> Double {
      statistics.nodes[node].weight / statistics.nodes[0].weight * statistics.nodes[node].impurity
    }
    func costs(_ node: Int) -> [(risk: Double, leaves: Int)] {
      let asLeaf = (risk: risk(node), leaves: 1)
      if nodes[node].isLeaf { return [asLeaf] }
      let left = costs(Int(nodes[node].firstChild))
      let right = costs(Int(nodes[node].firstChild) + 1)
      return [asLeaf] + left.flatMap { one in right.map { (one.risk + $0.risk, one.leaves + $0.leaves) } }
    }
    let all = costs(0)
    let pruning = CostComplexityPruning(ensemble, statistics)
    for alpha in [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.2] {
      let pruned = pruning.tree(alpha: alpha)
      let own = TreeStatistics(pruned, data, weights: nil, criterion: tree.criterion)
      let cost = pruned.trees[0].nodes.indices.filter { pruned.trees[0].nodes[$0].isLeaf }.reduce(0.0) {
        $0 + own.nodes[$1].weight / own.nodes[0].weight * own.nodes[$1].impurity + alpha
      }
      let least = all.map { $0.risk + alpha * Double($0.leaves) }.min() ?? 0
      #expect((cost - least).magnitude < 1e-12, "alpha \(alpha)")
    }
  }

  @Test func withAllItsStrengthOnlyTheRootIsLeft() throws {
    let references = try CartReferences.load()
    let item = references.cases[0]
    let (data, _, tree, ensemble) = item.fit()
    let pruning = CostComplexityPruning(
      ensemble, TreeStatistics(ensemble, data, weights: nil, criterion: tree.criterion))
    #expect(pruning.tree(alpha: 1e9).leafCount == 1 && pruning.tree(alpha: -1).leafCount == ensemble.leafCount)
    let root = pruning.tree(alpha: 1e9).trees[0].leafValues
    let shares = (0..<3).map { code in Double(item.classes.count { $0 == code }) / 160 }
    for (value, share) in zip(root, shares) { #expect((value - share).magnitude < 1e-12) }
  }
}
