extension FileTrees {
  /// The trees of a node `TreeEnsemble`, in the layout of operator set 5: nodes and leaves apart, roots by number.
  /// - Throws: `ONNXError`
  init(version5 node: ONNXNode) throws {
    outputs = try node.integer("n_targets", default: 1)
    guard (1...65_536).contains(outputs) else { throw node.invalid("\(outputs) outputs") }
    let columns = try node.integers("nodes_featureids") ?? []
    let modes = try node.integers("nodes_modes") ?? []
    let splits = try node.numbers("nodes_splits") ?? []
    let yes = try node.integers("nodes_truenodeids") ?? []
    let no = try node.integers("nodes_falsenodeids") ?? []
    let yesIsLeaf = try node.integers("nodes_trueleafs") ?? []
    let noIsLeaf = try node.integers("nodes_falseleafs") ?? []
    let missing = try node.integers("nodes_missing_value_tracks_true") ?? []
    let targets = try node.integers("leaf_targetids") ?? []
    let weights = try node.numbers("leaf_weights") ?? []
    let roots = try node.integers("tree_roots") ?? []
    let count = columns.count
    guard
      [modes.count, splits.count, yes.count, no.count, yesIsLeaf.count, noIsLeaf.count].allSatisfy({ $0 == count }),
      missing.isEmpty || missing.count == count, targets.count == weights.count, count + targets.count < 1 << 28
    else { throw node.invalid("the lists of nodes differ in length") }
    func place(_ number: Int, isLeaf: Bool) throws -> Int32 {
      guard number >= 0, number < (isLeaf ? targets.count : count) else {
        throw node.invalid("there is no \(isLeaf ? "leaf" : "node") \(number)")
      }
      return Int32(isLeaf ? count + number : number)
    }
    let known: [Mode] = [.lessOrEqual, .less, .greaterOrEqual, .greater, .equal, .notEqual, .member]
    let sets = try node.numbers("membership_values") ?? []
    var nextMember = 0
    for index in 0..<count {
      guard known.indices.contains(modes[index]), let column = Int32(exactly: columns[index]), column >= 0,
        column < 1 << 24
      else { throw node.invalid("the mode or the column of node \(index)") }
      var made = Node(column: column, mode: known[modes[index]])
      made.missingPasses = !missing.isEmpty && missing[index] != 0
      made.threshold = splits[index]
      made.yes = try place(yes[index], isLeaf: yesIsLeaf[index] != 0)
      made.no = try place(no[index], isLeaf: noIsLeaf[index] != 0)
      if made.mode == .member {
        // The sets stand one behind the other, in the order of their nodes, each ended by a NaN.
        made.first = Int32(members.count)
        while nextMember < sets.count, !sets[nextMember].isNaN {
          members.append(sets[nextMember])
          nextMember += 1
        }
        nextMember += 1
        made.count = Int32(members.count) - made.first
      }
      nodes.append(made)
    }
    for (index, weight) in weights.enumerated() {
      guard let output = Int32(exactly: targets[index]) else {
        throw node.invalid("an output of number \(targets[index])")
      }
      nodes.append(Node(first: Int32(index), count: 1))
      entries.append(Entry(output: output, weight: weight))
    }
    self.roots = try roots.map { number in
      // A tree of one leaf is a node both of whose ways lead to the leaf.
      try place(number, isLeaf: false)
    }
    let aggregations: [Aggregation] = [.average, .sum, .minimum, .maximum]
    let aggregation = try node.integer("aggregate_function", default: 1)
    guard aggregations.indices.contains(aggregation) else { throw node.invalid("the aggregation \(aggregation)") }
    self.aggregation = aggregations[aggregation]
    try check()
  }
}
