import DataFrames
import Learning
import Trees

/// The JSON form of a C4.5 tree. The nodes are numbered from the root, a parent before its branches.
struct C45JSON: Encodable {
  let run: C45Run

  private enum Key: String, CodingKey {
    case schema, version, seed, data, model, method, criterion, confidence, nodes, importances, metrics, warnings
  }

  private struct Node: Encodable {
    let id: Int
    let column: String?
    let threshold: JSONNumber?
    let branches: [[String]]?
    let children: [Int]?
    /// Rows; missing cells leave parts of rows.
    let count: JSONNumber
    let impurity: JSONNumber
    /// The shares of the classes; those of the parent where no row came.
    let distribution: [String: JSONNumber]
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/tree/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(run.options.seed, forKey: .seed)
    try container.encode(DataFacts(run.table.source, target: run.table.targetName), forKey: .data)
    if let explained = run.explained { try container.encode(ModelFacts(explained.trained), forKey: .model) }
    try container.encode("c45", forKey: .method)
    try container.encode("entropy", forKey: .criterion)
    if run.learner.isPruned { try container.encode(run.learner.errors.confidence, forKey: .confidence) }
    try container.encode(run.tree.nodes.indices.map { node($0) }, forKey: .nodes)
    let names = run.table.encoding.features.map(\.name)
    try container.encode(
      Dictionary(zip(names, run.shares.map { JSONNumber($0) })) { first, _ in first }, forKey: .importances)
    try container.encode(run.quality.figures, forKey: .metrics)
    try container.encode(run.warnings, forKey: .warnings)
  }

  private func node(_ index: Int) -> Node {
    let node = run.tree.nodes[index]
    let text = C45Text(run: run)
    let source = run.answering(index)
    let total = run.tree.weight(source)
    return Node(
      id: index, column: node.isLeaf ? nil : text.name(index),
      threshold: node.isLeaf || node.isCategorical ? nil : JSONNumber(node.threshold),
      branches: node.isCategorical ? (0..<Int(node.childCount)).map { text.words(index, branch: $0) } : nil,
      children: node.isLeaf ? nil : Array(node.children), count: JSONNumber(run.tree.weight(index)),
      impurity: JSONNumber(run.entropies[index]),
      distribution: Dictionary(
        zip(run.classNames, run.tree.classWeights(source).map { JSONNumber($0 / total) })
      ) { first, _ in first })
  }
}
