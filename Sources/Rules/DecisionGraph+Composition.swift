import Tensors

extension DecisionGraph {
  /// The cuts at which the graph asks for each column, as the codes that lie just below them.
  func askedCuts() -> [Int: [Int]] {
    var cuts: [Int: Set<Int>] = [:]
    for node in reachable() where node >= outputs {
      let test = nodes[node - outputs]
      for place in test.arms.dropLast() { cuts[test.column, default: []].insert(arms[place].last) }
    }
    return cuts.mapValues { $0.sorted() }
  }

  /// The nodes of a tree whose leaf of class c leads to the node `targets[c]`.
  mutating func grafted(_ tree: CodedTree, onto targets: [Int], from node: Int) -> Int {
    guard let left = tree.nodes[node].left, let right = tree.nodes[node].right else {
      return targets[tree.majority(node)]
    }
    let child = tree.nodes[node].firstChild
    let less = grafted(tree, onto: targets, from: child)
    let more = grafted(tree, onto: targets, from: child + 1)
    let size = table.sizes[left.column]
    let missing =
      left.orMissing ? less : right.orMissing ? more : tree.total(child) >= tree.total(child + 1) ? less : more
    if let set = left.set {
      let arms = (0..<size).map { Arm(last: $0, node: set.contains($0) ? less : more) }
      return self.node(column: left.column, arms: arms, missing: missing)
    }
    return self.node(
      column: left.column, arms: [Arm(last: left.high, node: less), Arm(last: size - 1, node: more)], missing: missing)
  }

  /// The graph over another table in which each test is replaced by the tree of its column.
  /// - Parameters:
  ///   - trees: for each column that is asked for the codes below its cuts, and a tree that tells between which of them
  ///     a row lies.
  ///   - table: what the trees ask for.
  ///   - limit: the most nodes.
  /// - Returns: nil where there would be more nodes.
  func substituting(_ trees: [Int: (cuts: [Int], tree: CodedTree)], table: CutTable, limit: Int) -> DecisionGraph? {
    var graph = DecisionGraph(table: table, outputs: outputs)
    var places: [Int: Int] = [:]
    for leaf in 0..<outputs { places[leaf] = leaf }
    // A node is made after all that it leads to, so the order of the nodes is one from the leaves up.
    for node in reachable().sorted() where node >= outputs {
      let column = nodes[node - outputs].column
      guard let (cuts, tree) = trees[column] else { continue }
      let targets = (cuts + [self.table.sizes[column] - 1]).map { code in
        places[next(node, code: UInt16(code))] ?? 0
      }
      places[node] = graph.grafted(tree, onto: targets, from: 0)
      if graph.nodes.count > limit { return nil }
    }
    graph.root = places[root] ?? root
    return graph
  }
}
