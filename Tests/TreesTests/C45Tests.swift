import DataFrames
import Learning
import Tensors
import Testing

@testable import Trees

struct C45Tests {
  @Test func equalsWekaJ48() throws {
    for table in try C45References.load().tables {
      for reference in table.trees {
        let comment: Comment = "\(table.name), \(reference.options)"
        let tree = reference.learner.fit(table.data, workers: Workers(count: 2)).tree
        #expect(tree.leafCount == reference.leaves && tree.nodes.count == reference.size, comment)
        let order = tree.preorder
        guard order.count == reference.nodes.count else { continue }
        for (index, expected) in zip(order, reference.nodes) {
          let node = tree.nodes[index]
          let threshold = node.isLeaf || node.isCategorical ? 0 : node.threshold
          #expect([Double(node.column), threshold, Double(node.childCount)] == expected[..<3], comment)
          for (ours, theirs) in zip(tree.classWeights(index), expected[3...]) {
            #expect((ours - theirs).magnitude < 1e-9, comment)
          }
        }
        let known = table.rows.prefix(reference.predictions.count - table.fresh.count)
        let rows = C45References.Table.matrix(known + table.fresh)
        let predictions = tree.predict(rows, workers: .one)
        for row in 0..<rows.rows {
          for (ours, theirs) in zip(predictions.row(row), reference.predictions[row]) {
            #expect((ours - theirs).magnitude < 1e-9, comment)
          }
        }
      }
    }
  }
}
