import DataFrames
import Learning
import Surrogates
import Trees

/// The JSON form of a decision tree. The nodes are numbered from the root, a parent before its left and its right branch.
struct TreeJSON: Encodable {
  let run: TreeRun

  private enum Key: String, CodingKey {
    case schema, version, seed, data, model, method, criterion, nodes, importances, permutationImportances, metrics
    case warnings, pruning
  }

  private struct Node: Encodable {
    let id: Int
    let column: String?
    let threshold: JSONNumber?
    let branches: [[String]]?
    let children: [Int]?
    /// The child to which missing cells go.
    let missing: Int?
    let count: Int
    let weight: JSONNumber
    let impurity: JSONNumber
    let distribution: [String: JSONNumber]?
    let mean: JSONNumber?
  }

  private struct Permutation: Encodable {
    let importance: JSONNumber
    let standardDeviation: JSONNumber
  }

  private struct Pruning: Encodable {
    let alpha: JSONNumber
    let leaves: Int
    let loss: JSONNumber
    let standardError: JSONNumber
    let chosen: Bool
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/tree/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(run.request.run.seed, forKey: .seed)
    try container.encode(DataFacts(run.table.source, target: run.table.targetName), forKey: .data)
    if let explained = run.explained { try container.encode(ModelFacts(explained.trained), forKey: .model) }
    try container.encode("cart", forKey: .method)
    try container.encode("\(run.statistics.criterion)", forKey: .criterion)
    try container.encode(nodes, forKey: .nodes)
    let names = run.features.map(\.name)
    try container.encode(
      Dictionary(zip(names, run.impurityShares.map { JSONNumber($0) })) { first, _ in first }, forKey: .importances)
    if !run.importances.isEmpty {
      let values = run.importances.map {
        Permutation(importance: JSONNumber($0.difference), standardDeviation: JSONNumber($0.standardDeviation))
      }
      try container.encode(Dictionary(zip(names, values)) { first, _ in first }, forKey: .permutationImportances)
    }
    try container.encode(run.quality.figures, forKey: .metrics)
    try container.encode(run.warnings, forKey: .warnings)
    if let search = run.pruning {
      try container.encode(
        search.candidates.enumerated().map {
          Pruning(
            alpha: JSONNumber($0.element.alpha), leaves: $0.element.leaves, loss: JSONNumber($0.element.loss),
            standardError: JSONNumber($0.element.standardError), chosen: $0.offset == search.choice)
        }, forKey: .pruning)
    }
  }

  private var nodes: [Node] {
    let tree = run.tree
    let text = TreeText(run: run)
    var order: [Int] = []
    var pending = [0]
    while let index = pending.popLast() {
      order.append(index)
      if !tree.nodes[index].isLeaf {
        let child = Int(tree.nodes[index].firstChild)
        pending += [child + 1, child]
      }
    }
    var ids = [Int](repeating: 0, count: tree.nodes.count)
    for (id, index) in order.enumerated() { ids[index] = id }
    return order.map { index in
      let node = tree.nodes[index]
      let statistics = run.statistics.nodes[index]
      let child = Int(node.firstChild)
      let isNumeric = !node.isLeaf && !node.isCategorical
      let names = run.target.classNames
      return Node(
        id: ids[index], column: node.isLeaf ? nil : run.features[text.column(node)].name,
        threshold: isNumeric ? JSONNumber(TreeText.threshold(node)) : nil,
        branches: node.isCategorical && !node.isLeaf
          ? [text.branch(node, isLeft: true), text.branch(node, isLeft: false)] : nil,
        children: node.isLeaf ? nil : [ids[child], ids[child + 1]],
        missing: node.isLeaf ? nil : ids[node.missingGoesLeft ? child : child + 1], count: statistics.count,
        weight: JSONNumber(statistics.weight), impurity: JSONNumber(statistics.impurity),
        distribution: names.map {
          Dictionary(zip($0, statistics.values.map { JSONNumber($0) })) { first, _ in first }
        },
        mean: names == nil ? JSONNumber(statistics.values[0]) : nil)
    }
  }
}
