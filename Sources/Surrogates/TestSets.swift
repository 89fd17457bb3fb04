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
  struct ValueSet: Sendable {
    /// The column, as an index into the ensemble's columns; -1 for all values of any column.
    var slot: Int
    /// The values that are not missing.
    var values: Values
    /// Whether missing cells are in the set.
    var holdsMissing: Bool
  }

  /// Values that are not missing.
  enum Values: Hashable, Sendable {
    /// Numbers: the indices of the thresholds that bound the interval (lower, upper], in the column's ascending
    /// thresholds; -1 below and the number of thresholds above where there is no bound.
    case interval(lower: Int, upper: Int)
    /// Categories: what one test leaves of an earlier set, and how many training rows are in it. The words themselves
    /// are not listed, since there may be thousands.
    case categories(of: Int32, tree: Int32, node: Int32, goesLeft: Bool, trainingRows: Double)
  }

  private struct Interval: Hashable {
    let slot: Int
    let values: Values
    let holdsMissing: Bool
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
  /// All sets, a set that another is made of before it; the first stands for all values of any column.
  let sets: [ValueSet]
  /// The edge above each node, tree after tree.
  let edges: [Edge]

  /// The sets of `ensemble`, whose columns have the given bins.
  /// - Complexity: O(nodes · (depth + categories / 64)) at worst.
  init(_ ensemble: TreeEnsemble, bins: [ColumnBins]) {
    thresholds = Self.thresholds(ensemble)
    let places = thresholds.map { Dictionary(uniqueKeysWithValues: $0.enumerated().map { ($0.element, $0.offset) }) }
    var sets = [ValueSet(slot: -1, values: .interval(lower: -1, upper: 0), holdsMissing: true)]
    var numbers: [Interval: Int32] = [:]
    var edges: [Edge] = []
    for (treeIndex, tree) in ensemble.trees.enumerated() {
      let first = edges.count
      edges += tree.nodes.map { _ in Edge(parent: -1, set: 0, previous: 0) }
      // The categories of this tree's sets, one bit each.
      var masks: [Int32: [UInt64]] = [:]
      // A parent stands before its children, so that its own edge is known when theirs are made.
      for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
        let slot = Int(node.slot)
        var above = Int32(index)
        while above >= 0, sets[Int(edges[first + Int(above)].set)].slot != slot {
          above = edges[first + Int(above)].parent
        }
        let previous = above < 0 ? 0 : edges[first + Int(above)].set
        let before = sets[Int(previous)]
        for goesLeft in [true, false] {
          let holdsMissing = before.holdsMissing && node.missingGoesLeft == goesLeft
          let number: Int32
          if node.isCategorical {
            let mask = Self.mask(tree, node, goesLeft: goesLeft, of: masks[previous], levels: bins[slot].laws.count)
            let rows = bins[slot].laws.indices.reduce(0.0) {
              mask[$1 >> 6] >> UInt64($1 & 63) & 1 != 0 ? $0 + bins[slot].counts[$1] : $0
            }
            number = Int32(sets.count)
            masks[number] = mask
            sets.append(
              ValueSet(
                slot: slot,
                values: .categories(
                  of: previous, tree: Int32(treeIndex), node: Int32(index), goesLeft: goesLeft, trainingRows: rows),
                holdsMissing: holdsMissing))
          } else {
            let place = places[slot][node.threshold] ?? 0
            var bounds = (lower: -1, upper: thresholds[slot].count)
            if previous != 0, case .interval(let lower, let upper) = before.values { bounds = (lower, upper) }
            let values: Values =
              goesLeft
              ? .interval(lower: bounds.lower, upper: min(bounds.upper, place))
              : .interval(lower: max(bounds.lower, place), upper: bounds.upper)
            let interval = Interval(slot: slot, values: values, holdsMissing: holdsMissing)
            number = numbers[interval] ?? Int32(sets.count)
            if Int(number) == sets.count {
              sets.append(ValueSet(slot: slot, values: values, holdsMissing: holdsMissing))
              numbers[interval] = number
            }
          }
          edges[first + Int(node.firstChild) + (goesLeft ? 0 : 1)] = Edge(
            parent: Int32(index), set: number, previous: previous)
        }
      }
    }
    self.sets = sets
    self.edges = edges
  }

  private static func thresholds(_ ensemble: TreeEnsemble) -> [[Float]] {
    var found = [Set<Float>](repeating: [], count: ensemble.columns.count)
    for tree in ensemble.trees {
      for node in tree.nodes where !node.isLeaf && !node.isCategorical { found[Int(node.slot)].insert(node.threshold) }
    }
    return found.map { $0.sorted() }
  }

  /// The categories of `before` (nil: all) that take one way at a node.
  private static func mask(
    _ tree: Tree, _ node: Tree.Node, goesLeft: Bool, of before: [UInt64]?, levels: Int
  ) -> [UInt64] {
    (0..<(levels + 63) / 64).map { word in
      let left = tree.categorySets[node.setOffset + word]
      return (before?[word] ?? .max) & (goesLeft ? left : ~left)
    }
  }
}
