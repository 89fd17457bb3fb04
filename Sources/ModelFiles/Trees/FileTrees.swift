/// The trees of a model file as they stand there, over the columns of one matrix.
struct FileTrees: Sendable {
  /// How a node's test compares.
  enum Mode: Sendable, Equatable {
    case leaf, lessOrEqual, less, greater, greaterOrEqual, equal, notEqual
    /// The value is one of those in `members`, by the node's number there.
    case member

    /// The mode of the older layout's name.
    init?(name: String) {
      switch name {
      case "LEAF": self = .leaf
      case "BRANCH_LEQ": self = .lessOrEqual
      case "BRANCH_LT": self = .less
      case "BRANCH_GT": self = .greater
      case "BRANCH_GTE": self = .greaterOrEqual
      case "BRANCH_EQ": self = .equal
      case "BRANCH_NEQ": self = .notEqual
      default: return nil
      }
    }
  }

  /// One node.
  struct Node: Sendable {
    var column: Int32 = 0
    var mode = Mode.leaf
    /// Whether a missing value passes the test, whatever it compares with.
    var missingPasses = false
    var threshold = 0.0
    /// Where a value goes that passes, and one that does not.
    var yes: Int32 = 0
    var no: Int32 = 0
    /// A leaf's entries in `entries`; a member test's values in `members`.
    var first: Int32 = 0
    var count: Int32 = 0
  }

  /// What a leaf adds to an output.
  struct Entry: Sendable {
    var output: Int32
    var weight: Double
  }

  /// How the trees' values become one.
  enum Aggregation: String, Sendable {
    case sum = "SUM"
    case average = "AVERAGE"
    case minimum = "MIN"
    case maximum = "MAX"
  }

  var nodes: [Node] = []
  var roots: [Int32] = []
  var entries: [Entry] = []
  var members: [Double] = []
  /// The number of values that are summed.
  var outputs = 1
  /// What is added to the sums: one for each, or none.
  var base: [Double] = []
  var aggregation = Aggregation.sum
  /// The number of columns that the tests need.
  var width: Int { (nodes.lazy.filter { $0.mode != .leaf }.map { Int($0.column) }.max() ?? -1) + 1 }

  /// Checks that all references are to nodes of the file and that no path comes back to a node on it.
  /// - Throws: `ONNXError.malformed`
  func check() throws {
    guard nodes.count < 1 << 28 else { throw ONNXError.tooLarge("\(nodes.count) nodes of trees") }
    guard !roots.isEmpty else { throw ONNXError.malformed("there are no trees") }
    for node in nodes where node.mode != .leaf {
      guard node.column >= 0, nodes.indices.contains(Int(node.yes)), nodes.indices.contains(Int(node.no)) else {
        throw ONNXError.malformed("a node of a tree refers to one that is not there")
      }
    }
    for entry in entries {
      guard entry.output >= 0, entry.output < outputs else {
        throw ONNXError.malformed("a leaf speaks of output \(entry.output) of \(outputs)")
      }
    }
    guard base.isEmpty || base.count == outputs || base.count == 1 else {
      throw ONNXError.malformed("\(base.count) base values for \(outputs) outputs")
    }
    try checkForCycles()
  }

  private func checkForCycles() throws {
    // 0: not seen, 1: on the path, 2: done. The stack holds nodes; one that is met again on top is done.
    var states = [UInt8](repeating: 0, count: nodes.count)
    var stack: [Int32] = []
    for root in roots {
      stack.append(root)
      while let index = stack.last {
        let place = Int(index)
        if states[place] != 0 {
          states[place] = 2
          stack.removeLast()
          continue
        }
        states[place] = 1
        let node = nodes[place]
        if node.mode == .leaf { continue }
        for child in [node.no, node.yes] {
          if states[Int(child)] == 1 { throw ONNXError.malformed("the nodes of a tree form a circle") }
          if states[Int(child)] == 0 { stack.append(child) }
        }
      }
    }
  }

  /// Whether a value passes a node's test.
  @inline(__always)
  func passes(_ node: Node, _ value: Double) -> Bool {
    if value.isNaN && node.missingPasses { return true }
    switch node.mode {
    case .lessOrEqual: return value <= node.threshold
    case .less: return value < node.threshold
    case .greater: return value > node.threshold
    case .greaterOrEqual: return value >= node.threshold
    case .equal: return value == node.threshold
    case .notEqual: return value != node.threshold
    case .member: return members[Int(node.first)..<Int(node.first + node.count)].contains(value)
    case .leaf: return false
    }
  }

  /// The sums for each row, `[rows, outputs]`, of a matrix of the given number of columns; and which outputs any leaf
  /// of the row spoke of.
  func sums(_ values: [Double], columns: Int) throws -> [Double] {
    guard columns >= width, columns > 0 else {
      throw ONNXError.malformed("the trees test \(width) columns, there are \(columns)")
    }
    let rows = values.count / columns
    var sums = [Double](repeating: 0, count: rows * outputs)
    for row in 0..<rows {
      var seen = [Bool](repeating: false, count: outputs)
      for root in roots {
        var place = Int(root)
        while nodes[place].mode != .leaf {
          let node = nodes[place]
          place = Int(passes(node, values[row * columns + Int(node.column)]) ? node.yes : node.no)
        }
        let leaf = nodes[place]
        for entry in entries[Int(leaf.first)..<Int(leaf.first + leaf.count)] {
          let output = row * outputs + Int(entry.output)
          switch aggregation {
          case .sum, .average: sums[output] += entry.weight
          case .minimum: sums[output] = seen[Int(entry.output)] ? min(sums[output], entry.weight) : entry.weight
          case .maximum: sums[output] = seen[Int(entry.output)] ? max(sums[output], entry.weight) : entry.weight
          }
          seen[Int(entry.output)] = true
        }
      }
      for output in 0..<outputs {
        if aggregation == .average { sums[row * outputs + output] /= Double(roots.count) }
        if !base.isEmpty { sums[row * outputs + output] += base[base.count == 1 ? 0 : output] }
      }
    }
    return sums
  }
}
