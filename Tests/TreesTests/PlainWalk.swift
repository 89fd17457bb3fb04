import Tensors

@testable import Trees

extension TreeEnsemble {
  /// The slow twin of the prediction: one row, one tree, one node after the other.
  func leaf(of row: some RandomAccessCollection<Double>, in tree: Tree) -> Int {
    let row = Array(row)
    var node = tree.nodes[0]
    while !node.isLeaf {
      let cell = Float(row[columns[Int(node.slot)]])
      let goesLeft =
        cell.isNaN
        ? node.missingGoesLeft : node.isCategorical ? tree.setContains(node, Int(cell)) : cell <= node.threshold
      node = tree.nodes[Int(node.firstChild) + (goesLeft ? 0 : 1)]
    }
    return node.leaf
  }

  /// The mean over the given trees of their leaves for one row.
  func mean(of row: some RandomAccessCollection<Double>, over trees: [Tree]) -> [Double] {
    var sums = [Double](repeating: 0, count: outputs)
    for tree in trees {
      let leaf = leaf(of: row, in: tree)
      for output in 0..<outputs { sums[output] += tree.leafValues[leaf * outputs + output] }
    }
    return sums.map { $0 / Double(trees.count) }
  }
}
