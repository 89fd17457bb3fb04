public import Learning
import RealModule
import Tensors

/// What the rows say at every node of a tree: how many reach it, and what their targets are.
public struct TreeStatistics: Sendable, Equatable {
  /// One node.
  public struct Node: Sendable, Equatable {
    /// The number of rows of positive weight that reach it.
    public let count: Int
    /// The sum of their weights.
    public let weight: Double
    /// Their targets: the share of each class, or their mean alone.
    public let values: [Double]
    /// Gini impurity, entropy in bits, or variance.
    public let impurity: Double
  }

  /// The nodes, in the tree's order.
  public let nodes: [Node]
  /// What the impurities are.
  public let criterion: Criterion

  /// Sends rows down a tree.
  /// - Parameters:
  ///   - ensemble: an ensemble of one tree.
  ///   - data: rows whose targets are known.
  ///   - weights: one a row, not negative; nil: 1 each.
  ///   - criterion: which impurity of classes; a number has its variance.
  /// - Complexity: O(rows · depth)
  public init(_ ensemble: TreeEnsemble, _ data: Dataset, weights: [Double]?, criterion: Criterion) {
    precondition(ensemble.trees.count == 1, "TreeStatistics: \(ensemble.trees.count) trees")
    let tree = ensemble.trees[0]
    let classCount = data.target.classNames?.count ?? 0
    let width = max(1, classCount)
    var counts = [Int](repeating: 0, count: tree.nodes.count)
    var sums = [Double](repeating: 0, count: tree.nodes.count)
    var values = [Double](repeating: 0, count: tree.nodes.count * width)
    var squares = [Double](repeating: 0, count: tree.nodes.count)
    func visit(_ body: (_ node: Int, _ row: Int, _ weight: Double) -> Void) {
      for row in 0..<data.count {
        let weight = weights?[row] ?? 1
        if weight <= 0 { continue }
        ensemble.forEachNode(of: data.rows, row) { body($0, row, weight) }
      }
    }
    switch data.target {
    case .classes(let codes, _):
      visit { node, row, weight in
        counts[node] += 1
        sums[node] += weight
        values[node * width + codes[row]] += weight
      }
    case .values(let numbers):
      visit { node, row, weight in
        counts[node] += 1
        sums[node] += weight
        values[node] += weight * numbers[row]
      }
      let totals = values
      visit { node, row, weight in
        let difference = numbers[row] - totals[node] / sums[node]
        squares[node] += weight * difference * difference
      }
    }
    self.criterion = classCount == 0 ? .variance : criterion
    nodes = tree.nodes.indices.map { node in
      let shares = values[(node * width)..<((node + 1) * width)].map { sums[node] > 0 ? $0 / sums[node] : 0 }
      let impurity =
        classCount == 0
        ? (sums[node] > 0 ? squares[node] / sums[node] : 0) : Self.impurity(shares, isEntropy: criterion == .entropy)
      return Node(count: counts[node], weight: sums[node], values: shares, impurity: impurity)
    }
  }

  private static func impurity(_ shares: [Double], isEntropy: Bool) -> Double {
    if isEntropy { return shares.reduce(0) { $1 > 0 ? $0 - $1 * Double.log2($1) : $0 } }
    return 1 - shares.reduce(0) { $0 + $1 * $1 }
  }

  /// How much each column's tests decrease the impurity, weighted by the rows that reach them, as shares that sum to 1;
  /// all 0 for a tree without a test (mean decrease in impurity, Breiman et al., 1984, section 5.3.4).
  ///
  /// It is measured on the rows that the tree was grown on and favours columns with many values: read it beside a
  /// permutation importance.
  /// - Parameters:
  ///   - ensemble: the tree of these statistics.
  ///   - columnCount: the number of the user's columns.
  /// - Returns: one share a column.
  public func importances(_ ensemble: TreeEnsemble, columnCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    for (index, node) in ensemble.trees[0].nodes.enumerated() where !node.isLeaf {
      let left = nodes[Int(node.firstChild)]
      let right = nodes[Int(node.firstChild) + 1]
      sums[ensemble.columns[Int(node.slot)]] +=
        nodes[index].weight * nodes[index].impurity - left.weight * left.impurity - right.weight * right.impurity
    }
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : sums.map { _ in 0 }
  }
}

extension TreeEnsemble {
  /// Calls `body` with each node of the first tree that a row passes, from the root to its leaf.
  func forEachNode(of rows: Matrix, _ row: Int, _ body: (_ node: Int) -> Void) {
    let tree = trees[0]
    var index = 0
    while true {
      body(index)
      let node = tree.nodes[index]
      if node.isLeaf { return }
      let cell = Float(rows.elements[row * rows.columns + columns[Int(node.slot)]])
      let goesLeft =
        cell.isNaN
        ? node.missingGoesLeft : node.isCategorical ? tree.setContains(node, Int(cell)) : cell <= node.threshold
      index = Int(node.firstChild) + (goesLeft ? 0 : 1)
    }
  }
}
