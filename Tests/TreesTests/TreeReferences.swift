import Foundation

/// Trees of another implementation, with what they were grown on.
struct TreeReferences: Decodable {
  struct Tree: Decodable {
    /// Per node, a parent before its left and its right subtree: column or -1, threshold, value.
    let nodes: [[Double]]
    /// One row of outputs for each of `fresh`.
    let predictions: [[Double]]
  }

  let rows: [[Double]]
  /// Rows that the trees have not seen.
  let fresh: [[Double]]
  let classes: [Int]
  let numbers: [Double]
  let gini: Tree
  let entropy: Tree
  let variance: Tree

  static func load() throws -> TreeReferences {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../References/trees.json")
    return try JSONDecoder().decode(TreeReferences.self, from: Data(contentsOf: file))
  }
}
