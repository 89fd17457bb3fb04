extension FileTrees {
  /// The trees of a node in the layout of one list an attribute, of the operators up to set 3.
  /// - Parameters:
  ///   - node: a TreeEnsembleClassifier or TreeEnsembleRegressor.
  ///   - prefix: `class` or `target`, with which the leaves' lists are named.
  ///   - outputs: the number of values that are summed.
  /// - Throws: `ONNXError`
  init(lists node: ONNXNode, prefix: String, outputs: Int) throws {
    self.outputs = outputs
    guard (1...65_536).contains(outputs) else { throw node.invalid("\(outputs) outputs") }
    let trees = try node.integers("nodes_treeids") ?? []
    let numbers = try node.integers("nodes_nodeids") ?? []
    let columns = try node.integers("nodes_featureids") ?? []
    let modes = try node.strings("nodes_modes") ?? []
    let thresholds = try node.numbers("nodes_values") ?? []
    let yes = try node.integers("nodes_truenodeids") ?? []
    let no = try node.integers("nodes_falsenodeids") ?? []
    let missing = try node.integers("nodes_missing_value_tracks_true") ?? []
    let count = trees.count
    guard count > 0,
      [numbers.count, columns.count, modes.count, thresholds.count, yes.count, no.count].allSatisfy({ $0 == count }),
      missing.isEmpty || missing.count == count, count < 1 << 28
    else { throw node.invalid("the lists of nodes differ in length") }
    let places = NodePlaces(trees: trees, numbers: numbers)
    nodes = [Node](repeating: Node(), count: count)
    for index in 0..<count {
      guard let mode = Mode(name: modes[index]) else { throw node.invalid("the mode \(modes[index].prefix(40))") }
      nodes[index].mode = mode
      if index == 0 || trees[index] != trees[index - 1] { roots.append(Int32(index)) }
      if mode == .leaf { continue }
      guard let column = Int32(exactly: columns[index]), column >= 0, column < 1 << 24,
        let passing = places[trees[index], yes[index]], let other = places[trees[index], no[index]]
      else { throw node.invalid("node \(numbers[index]) of tree \(trees[index]) refers to one that is not there") }
      nodes[index].column = column
      nodes[index].threshold = thresholds[index]
      nodes[index].missingPasses = !missing.isEmpty && missing[index] != 0
      nodes[index].yes = passing
      nodes[index].no = other
    }
    // A tree whose nodes do not stand together has more than one beginning.
    var begun: Set<Int> = []
    roots = roots.filter { begun.insert(trees[Int($0)]).inserted }
    try addLeaves(node, prefix: prefix, places)
    base = try node.numbers("base_values") ?? []
    let name = try node.string("aggregate_function", default: "SUM")
    guard let aggregation = Aggregation(rawValue: name) else { throw node.invalid("the aggregation \(name)") }
    self.aggregation = aggregation
    try check()
  }

  private mutating func addLeaves(_ node: ONNXNode, prefix: String, _ places: NodePlaces) throws {
    let trees = try node.integers("\(prefix)_treeids") ?? []
    let numbers = try node.integers("\(prefix)_nodeids") ?? []
    let ids = try node.integers("\(prefix)_ids") ?? []
    let weights = try node.numbers("\(prefix)_weights") ?? []
    guard [numbers.count, ids.count, weights.count].allSatisfy({ $0 == trees.count }), trees.count < 1 << 28 else {
      throw node.invalid("the lists of leaves differ in length")
    }
    // Entries of one leaf are brought together by counting.
    var owners = [Int32](repeating: 0, count: trees.count)
    for index in trees.indices {
      guard let place = places[trees[index], numbers[index]], nodes[Int(place)].mode == .leaf else {
        throw node.invalid("there is no leaf \(numbers[index]) of tree \(trees[index])")
      }
      owners[index] = place
      nodes[Int(place)].count += 1
    }
    var start: Int32 = 0
    for index in nodes.indices where nodes[index].mode == .leaf {
      nodes[index].first = start
      start += nodes[index].count
      nodes[index].count = 0
    }
    entries = [Entry](repeating: Entry(output: 0, weight: 0), count: trees.count)
    for index in trees.indices {
      guard let output = Int32(exactly: ids[index]) else { throw node.invalid("an output of number \(ids[index])") }
      let owner = Int(owners[index])
      entries[Int(nodes[owner].first + nodes[owner].count)] = Entry(output: output, weight: weights[index])
      nodes[owner].count += 1
    }
  }
}

/// Where a tree's node stands in the lists.
private struct NodePlaces {
  private struct Key: Hashable {
    let tree: Int
    let number: Int
  }

  /// For trees whose nodes stand together and count up: the place and the number of the first, and how many there are.
  private var runs: [Int: (place: Int, number: Int, count: Int)] = [:]
  private var others: [Key: Int32] = [:]

  init(trees: [Int], numbers: [Int]) {
    var start = 0
    while start < trees.count {
      var end = start + 1
      while end < trees.count, trees[end] == trees[start], numbers[end] == numbers[end - 1] &+ 1 { end += 1 }
      if runs[trees[start]] == nil {
        runs[trees[start]] = (start, numbers[start], end - start)
      } else {
        for place in start..<end { others[Key(tree: trees[place], number: numbers[place])] = Int32(place) }
      }
      start = end
    }
  }

  subscript(tree: Int, number: Int) -> Int32? {
    if let run = runs[tree] {
      let (offset, overflows) = number.subtractingReportingOverflow(run.number)
      if !overflows, offset >= 0, offset < run.count { return Int32(run.place + offset) }
    }
    return others.isEmpty ? nil : others[Key(tree: tree, number: number)]
  }
}
