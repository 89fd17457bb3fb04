/// How much the tests on each column decrease the impurity of the rows that trees were grown on (Breiman, 2001).
///
/// It favours columns with many different values and says nothing of new rows: read it beside a permutation importance.
public enum ImpurityImportance {
  /// For each tree the decreases of its tests, summed by column and made to sum to 1; their mean over the trees that
  /// have a test, made to sum to 1 again.
  /// - Parameters:
  ///   - ensemble: trees that were grown here; of trees from a file the decreases are not known.
  ///   - columnCount: the number of the user's columns.
  /// - Returns: one share a column; nil where no tree has a test whose decrease is known.
  /// - Complexity: O(nodes + trees · columns)
  public static func of(_ ensemble: TreeEnsemble, columnCount: Int) -> [Double]? {
    var sums = [Double](repeating: 0, count: columnCount)
    for tree in ensemble.trees {
      var shares = [Double](repeating: 0, count: ensemble.columns.count)
      for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
        shares[Int(node.slot)] += Double(tree.decreases[index])
      }
      let total = shares.reduce(0, +)
      guard total > 0 else { continue }
      for (slot, column) in ensemble.columns.enumerated() { sums[column] += shares[slot] / total }
    }
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : nil
  }
}
