import Trees

/// The sets of values that the paths of an ensemble's trees allow in each of its columns, once each, and for every
/// node which of them its path has just come to.
///
/// On the way to a node the tests on one column leave a set of its values: an interval between two thresholds or a set
/// of categories, with or without the missing cells. A row falls into the node if each of its columns is in the
/// column's set, so with independent columns the chance of a node is a product with one factor a column, and a test
/// changes one factor only.
struct TestSets: Sendable {
  /// One set of values of one column.
  struct Values: Hashable, Sendable {
    /// The column, as an index into the ensemble's columns.
    var slot: Int
    /// Numbers: the indices of the thresholds that bound the interval (lower, upper], in the column's ascending
    /// thresholds; -1 below and the number of thresholds above where there is no bound.
    var lower = -1
    var upper: Int
    /// Categories: one bit each; empty for numbers.
    var categories: [UInt64] = []
    var holdsMissing = true
  }

  /// What the test above a node does: the node's parent, the set that the tested column comes to, and the set that it
  /// had before; 0 stands for "all values" of any column.
  struct Edge: Sendable {
    var parent: Int32
    var set: Int32
    var previous: Int32
  }

  /// For each column of the ensemble its different thresholds, ascending.
  let thresholds: [[Float]]
  /// All sets; the first stands for all values of any column.
  let sets: [Values]
  /// The edge above each node, tree after tree.
  let edges: [Edge]

  /// The sets of `ensemble`, whose columns have the given numbers of categories, nil for numbers.
  /// - Complexity: O(nodes · depth) at worst.
  init(_ ensemble: TreeEnsemble, levelCounts: [Int?]) {
    var found = [Set<Float>](repeating: [], count: ensemble.columns.count)
    for tree in ensemble.trees {
      for node in tree.nodes where !node.isLeaf && !node.isCategorical { found[Int(node.slot)].insert(node.threshold) }
    }
    let thresholds = found.map { $0.sorted() }
    let places = thresholds.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($0.element, $0.offset) }) }
    let everything = (0..<ensemble.columns.count).map { slot in
      Values(
        slot: slot, upper: thresholds[slot].count,
        categories: levelCounts[slot].map { [UInt64](repeating: .max, count: ($0 + 63) / 64) } ?? [])
    }
    var sets = [Values(slot: -1, upper: 0)]
    var numbers: [Values: Int32] = [:]
    var edges: [Edge] = []
    for tree in ensemble.trees {
      let first = edges.count
      edges += tree.nodes.map { _ in Edge(parent: -1, set: 0, previous: 0) }
      // A parent stands before its children, so that its own edge is known when theirs are made.
      for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
        let slot = Int(node.slot)
        var above = Int32(index)
        while above >= 0, sets[Int(edges[first + Int(above)].set)].slot != slot {
          above = edges[first + Int(above)].parent
        }
        let previous = above < 0 ? 0 : edges[first + Int(above)].set
        let before = previous == 0 ? everything[slot] : sets[Int(previous)]
        for goesLeft in [true, false] {
          var after = before
          if node.isCategorical {
            for word in after.categories.indices {
              let left = tree.categorySets[node.setOffset + word]
              after.categories[word] &= goesLeft ? left : ~left
            }
          } else if let place = places[slot][node.threshold] {
            if goesLeft { after.upper = min(after.upper, place) } else { after.lower = max(after.lower, place) }
          }
          after.holdsMissing = before.holdsMissing && node.missingGoesLeft == goesLeft
          let number = numbers[after] ?? Int32(sets.count)
          if Int(number) == sets.count {
            sets.append(after)
            numbers[after] = number
          }
          edges[first + Int(node.firstChild) + (goesLeft ? 0 : 1)] = Edge(
            parent: Int32(index), set: number, previous: previous)
        }
      }
    }
    self.thresholds = thresholds
    self.sets = sets
    self.edges = edges
  }
}
