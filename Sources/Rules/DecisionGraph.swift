import DataFrames
public import Learning
public import Tensors

/// A decision graph over the integers of a `CutTable`: each node asks for the code of one column and has an arm for
/// each run of codes, and one for a missing cell; equal parts are held once.
///
/// Equal nodes are found by hashing, as in a binary decision diagram (Bryant 1986), but a test has many outcomes and
/// the order of the columns is free.
public struct DecisionGraph: Sendable, Predictor {
  /// The cuts.
  public let table: CutTable
  /// The number of classes; the nodes before it are the leaves, one a class.
  public let outputs: Int
  /// Where the walk starts.
  public internal(set) var root: Int
  /// The inner nodes; the index of the first is `outputs`.
  var nodes: [Node] = []
  /// The arms of all nodes.
  var arms: [Arm] = []
  private var places: [Key: Int] = [:]

  /// A test.
  struct Node: Sendable {
    var column: Int
    var arms: Range<Int>
    var missing: Int
  }

  /// Where codes up to and with `last`, beyond those of the arm before, lead.
  struct Arm: Sendable, Hashable {
    var last: Int
    var node: Int
  }

  private struct Key: Sendable, Hashable {
    let column: Int
    let arms: [Arm]
    let missing: Int
  }

  /// A graph that decides on one class for all rows.
  init(table: CutTable, outputs: Int, class decision: Int = 0) {
    self.table = table
    self.outputs = outputs
    root = decision
  }

  /// The number of nodes that ask, reachable from the root.
  public var nodeCount: Int { reachable().count { $0 >= outputs } }

  /// The node with the given arms, which is an old one where there is one, and no node where all arms lead to one
  /// place.
  mutating func node(column: Int, arms given: [Arm], missing: Int) -> Int {
    var arms: [Arm] = []
    for arm in given {
      if let last = arms.last, last.node == arm.node { arms[arms.count - 1].last = arm.last } else { arms.append(arm) }
    }
    if arms.count == 1, arms[0].node == missing { return missing }
    let key = Key(column: column, arms: arms, missing: missing)
    if let place = places[key] { return place }
    let place = outputs + nodes.count
    nodes.append(Node(column: column, arms: self.arms.count..<self.arms.count + arms.count, missing: missing))
    self.arms += arms
    places[key] = place
    return place
  }

  /// Where a node leads for a code.
  @inline(__always)
  func next(_ node: Int, code: UInt16) -> Int {
    let test = nodes[node - outputs]
    if code == CutTable.missing { return test.missing }
    return arms[test.arms.dropLast().partitioningIndex { arms[$0].last >= Int(code) }].node
  }

  /// The class of each coded row.
  public func classes(_ rows: CodedRows) -> [Int] {
    (0..<rows.count).map { row in
      var node = root
      while node >= outputs { node = next(node, code: rows.code(row: row, column: nodes[node - outputs].column)) }
      return node
    }
  }

  /// The conditions on the way of a row, and the class that they lead to.
  func path(_ rows: CodedRows, row: Int) -> (box: Box, conclusion: Int) {
    var sides: [Int: Box.Side] = [:]
    var node = root
    while node >= outputs {
      let test = nodes[node - outputs]
      let code = rows.code(row: row, column: test.column)
      let following = next(node, code: code)
      let side = side(of: node, code: code)
      sides[test.column] = sides[test.column].map { $0.intersection(side) } ?? side
      node = following
    }
    let full = sides.values.filter { !table.isFull($0) }.sorted { $0.column < $1.column }
    return (Box(sides: full), node)
  }

  private func side(of node: Int, code: UInt16) -> Box.Side {
    let test = nodes[node - outputs]
    let target = next(node, code: code)
    let orMissing = test.missing == target
    let isCategory = test.column < table.features.count && table.features[test.column].levelCount != nil
    var low = 0
    for place in test.arms {
      let arm = arms[place]
      if isCategory {
        if arm.node == target {
          let codes = test.arms.flatMap { other -> [Int] in
            let start = other == test.arms.lowerBound ? 0 : arms[other - 1].last + 1
            return arms[other].node == target ? Array(start...arms[other].last) : []
          }
          return Box.Side(column: test.column, set: CategorySet(codes), orMissing: orMissing)
        }
      } else if code != CutTable.missing, Int(code) <= arm.last {
        return Box.Side(column: test.column, low: low, high: arm.last, orMissing: orMissing)
      }
      low = arm.last + 1
    }
    return isCategory
      ? Box.Side(column: test.column, set: CategorySet(), orMissing: true)
      : Box.Side(column: test.column, low: 1, high: 0, orMissing: true)
  }

  /// The nodes that the root leads to, leaves among them.
  func reachable() -> [Int] {
    var seen = [Bool](repeating: false, count: outputs + nodes.count)
    var pending = [root]
    var found: [Int] = []
    while let node = pending.popLast() {
      if seen[node] { continue }
      seen[node] = true
      found.append(node)
      if node < outputs { continue }
      let test = nodes[node - outputs]
      pending.append(test.missing)
      for place in test.arms { pending.append(arms[place].node) }
    }
    return found
  }

  /// 1 for the class that the walk ends at: `[n, classes]`.
  public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
    var shares = Matrix(rows: rows.rows, columns: outputs)
    for (row, code) in classes(CodedRows(rows, table, workers: workers)).enumerated() { shares[row, code] = 1 }
    return shares
  }
}

extension DecisionGraph {
  /// The graph of a rule set: asked column after column, with the rules that are still possible as its state; nil where
  /// it would have more nodes than allowed.
  /// - Parameters:
  ///   - set: the rules, which decide by first match or vote.
  ///   - limit: the most nodes.
  /// - Complexity: up to exponential in the number of columns, O(nodes · rules · arms)
  public init?(_ set: RuleSet, limit: Int = 1_000_000) {
    let table = CutTable(of: set.rules, features: set.features)
    self.init(table: table, outputs: set.outputs, class: set.defaultClass)
    var builder = Builder(set: set, boxes: set.rules.map { table.box($0.conditions) }, limit: limit)
    let alive = builder.boxes.indices.filter { builder.boxes[$0].isSatisfiable }
    guard let root = builder.build(alive, column: 0, into: &self) else { return nil }
    self.root = root
  }

  private struct Builder {
    let set: RuleSet
    let boxes: [Box]
    let limit: Int
    var known: [[Int]: Int] = [:]

    init(set: RuleSet, boxes: [Box], limit: Int) {
      self.set = set
      self.boxes = boxes
      self.limit = limit
    }

    func side(_ rule: Int, _ column: Int) -> Box.Side? { boxes[rule].sides.first { $0.column == column } }

    /// Drops what a rule that is certain to fire hides.
    func pruned(_ alive: [Int], column: Int) -> [Int] {
      guard set.semantics == .firstMatch,
        let certain = alive.firstIndex(where: { (boxes[$0].sides.last?.column ?? -1) < column })
      else { return alive }
      return Array(alive[...certain])
    }

    mutating func build(_ given: [Int], column first: Int, into graph: inout DecisionGraph) -> Int? {
      let alive = pruned(given, column: first)
      let next = alive.compactMap { rule in boxes[rule].sides.first { $0.column >= first }?.column }.min()
      guard let column = next else { return decide(alive) }
      let key = [column] + alive
      if let place = known[key] { return place }
      if graph.nodes.count >= limit { return nil }
      let size = graph.table.sizes[column]
      var ends: Set<Int> = [size - 1]
      let sides = alive.map { side($0, column) }
      for case let side? in sides {
        if side.set != nil {
          ends.formUnion(0..<size)
        } else if side.low <= side.high {
          if side.low > 0 { ends.insert(side.low - 1) }
          ends.insert(side.high)
        }
      }
      var arms: [Arm] = []
      for end in ends.sorted() {
        let rest = zip(alive, sides).filter { $0.1?.allows(UInt16(end)) ?? true }.map(\.0)
        guard let child = build(rest, column: column + 1, into: &graph) else { return nil }
        arms.append(Arm(last: end, node: child))
      }
      let rest = zip(alive, sides).filter { $0.1?.orMissing ?? true }.map(\.0)
      guard let missing = build(rest, column: column + 1, into: &graph) else { return nil }
      let place = graph.node(column: column, arms: arms, missing: missing)
      known[key] = place
      return place
    }

    private func decide(_ fired: [Int]) -> Int { set.decision(of: fired) }
  }
}
