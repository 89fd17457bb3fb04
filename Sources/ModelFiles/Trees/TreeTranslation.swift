import Trees

/// The way from a file's trees over the columns of a matrix to trees over the user's columns.
///
/// Each column of the matrix must be a function of one of the user's columns: of a category, or a rising or falling one
/// of a number. A test of such a column then is a test of the user's, with a set of categories, or with the largest
/// single-precision number that passes.
struct TreeTranslation {
  /// What a column of the matrix is.
  enum Input {
    /// The user's number itself.
    case number(column: Int)
    /// A function of the user's number: the largest number for which it is (`isRising`) at most, or (else) above, each
    /// of its thresholds, and what it is of a missing number.
    case function(column: Int, isRising: Bool, bounds: [Float: Float], missing: Float)
    /// The value for each category of the user's column, and for a missing cell.
    case categories(column: Int, values: [Float], missing: Float)
  }

  let inputs: [Input]
  /// The most nodes of all trees: a test for equality makes two of one, and copies what stands below.
  private var budget: Int

  /// A translation for columns of the given kinds.
  init(_ inputs: [Input], nodeCount: Int) {
    self.inputs = inputs
    budget = 8 * nodeCount + 1024
  }

  /// The largest single-precision number that is at most `number`, or below it.
  static func largest(_ number: Double, below isStrict: Bool) -> Float {
    let nearest = Float(number)
    return Double(nearest) > number || isStrict && Double(nearest) == number ? nearest.nextDown : nearest
  }

  /// The trees over the user's columns, whose mean is the sum of the file's; nil where they cannot be translated.
  mutating func ensemble(_ trees: FileTrees, columnCount: Int) -> TreeEnsemble? {
    guard trees.aggregation == .sum || trees.aggregation == .average else { return nil }
    let scale = trees.aggregation == .sum ? Double(trees.roots.count) : 1
    var made: [Tree] = []
    made.reserveCapacity(trees.roots.count)
    for (number, root) in trees.roots.enumerated() {
      // What is added to all sums is added to the leaves of one tree.
      let base = number == 0 && !trees.base.isEmpty ? trees.base.map { $0 * Double(trees.roots.count) } : []
      guard let tree = tree(trees, root, scale: scale, base: base) else { return nil }
      made.append(tree)
    }
    return TreeEnsemble(made, columnCount: columnCount, outputs: trees.outputs)
  }

  private mutating func tree(_ trees: FileTrees, _ root: Int32, scale: Double, base: [Double]) -> Tree? {
    /// A place among the new nodes and what will stand there.
    enum Part {
      case node(Int32)
      /// Of a test for equality: what is at most the value, where only the value itself passes.
      case equality(Int32)
    }
    var nodes: [Tree.Node] = [.leaf(number: 0, index: 0)]
    var values: [Double] = []
    var sets: [UInt64] = []
    // In the order in which trees are grown here, so that a tree that was written comes back the same.
    var pending: [(part: Part, place: Int)] = [(.node(root), 0)]
    while let (part, place) = pending.popLast() {
      if nodes.count > budget { return nil }
      let index: Int32
      let isInner: Bool
      switch part {
      case .node(let given): (index, isInner) = (given, false)
      case .equality(let given): (index, isInner) = (given, true)
      }
      let node = trees.nodes[Int(index)]
      if node.mode == .leaf {
        nodes[place] = .leaf(number: values.count / trees.outputs, index: place)
        values += leaf(trees, node, scale: scale, base: base)
        continue
      }
      guard Int(node.column) < inputs.count, !node.threshold.isNaN else { return nil }
      let firstChild = nodes.count
      let children: [Child]
      switch inputs[Int(node.column)] {
      case .categories(let column, let levels, let missing):
        let offset = sets.count
        sets += [UInt64](repeating: 0, count: (levels.count + 63) / 64)
        for (level, value) in levels.enumerated() where trees.passes(node, Double(value)) {
          sets[offset + level >> 6] |= 1 << UInt64(level & 63)
        }
        nodes[place] = .test(
          column: column, setOffset: offset, firstChild: firstChild,
          missingGoesLeft: trees.passes(node, Double(missing)))
        children = [.yes, .no]
      case .number(let column):
        guard
          let made = test(
            trees, node, column: column, isInner: isInner, firstChild: firstChild, missing: .nan, isRising: true,
            bound: { $0 })
        else { return nil }
        (nodes[place], children) = made
      case .function(let column, let isRising, let bounds, let missing):
        guard node.mode != .equal, node.mode != .notEqual,
          let made = test(
            trees, node, column: column, isInner: isInner, firstChild: firstChild, missing: missing,
            isRising: isRising, bound: { bounds[$0] ?? $0 })
        else { return nil }
        (nodes[place], children) = made
      }
      for child in 0..<2 { nodes.append(.leaf(number: 0, index: firstChild + child)) }
      for child in [1, 0] {
        let part: Part =
          children[child] == .own ? .equality(index) : .node(children[child] == .yes ? node.yes : node.no)
        pending.append((part, firstChild + child))
      }
    }
    budget -= nodes.count
    return Tree(nodes: nodes, leafValues: values, categorySets: sets)
  }

  /// A leaf's value for each output.
  private func leaf(_ trees: FileTrees, _ node: FileTrees.Node, scale: Double, base: [Double]) -> [Double] {
    var row =
      base.isEmpty
      ? [Double](repeating: 0, count: trees.outputs) : (0..<trees.outputs).map { base[base.count == 1 ? 0 : $0] }
    for entry in trees.entries[Int(node.first)..<Int(node.first + node.count)] {
      row[Int(entry.output)] += entry.weight * scale
    }
    return row
  }

  private enum Child { case yes, no, own }

  /// The test of a number that a node's test comes to, and where its two ways lead.
  private func test(
    _ trees: FileTrees, _ node: FileTrees.Node, column: Int, isInner: Bool, firstChild: Int, missing: Float,
    isRising: Bool, bound: (Float) -> Float
  ) -> (node: Tree.Node, children: [Child])? {
    let missingPasses = trees.passes(node, Double(missing))
    func test(_ threshold: Float, _ left: Child, _ right: Child, missingLeft: Bool) -> (Tree.Node, [Child]) {
      // A falling function is at most the threshold where the number is above the bound.
      let ways = isRising ? (left, right, missingLeft) : (right, left, !missingLeft)
      return (
        .test(column: column, threshold: bound(threshold), firstChild: firstChild, missingGoesLeft: ways.2),
        [ways.0, ways.1]
      )
    }
    switch node.mode {
    case .lessOrEqual:
      return test(Self.largest(node.threshold, below: false), .yes, .no, missingLeft: missingPasses)
    case .less: return test(Self.largest(node.threshold, below: true), .yes, .no, missingLeft: missingPasses)
    case .greater:
      return test(Self.largest(node.threshold, below: false), .no, .yes, missingLeft: !missingPasses)
    case .greaterOrEqual:
      return test(Self.largest(node.threshold, below: true), .no, .yes, missingLeft: !missingPasses)
    case .equal, .notEqual:
      let equal: Child = node.mode == .equal ? .yes : .no
      let other: Child = node.mode == .equal ? .no : .yes
      let missingIsEqual = (node.mode == .equal) == missingPasses
      // Two tests: at most the value, and then at most what is just below it.
      if isInner { return test(Self.largest(node.threshold, below: true), other, equal, missingLeft: false) }
      return test(Self.largest(node.threshold, below: false), .own, other, missingLeft: missingIsEqual)
    case .member, .leaf: return nil
    }
  }
}
