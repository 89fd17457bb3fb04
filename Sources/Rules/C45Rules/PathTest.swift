import Tensors
import Trees

/// One test on the way from a tree's root to a leaf.
enum PathTest: Sendable, Hashable {
  /// The number in `column` is at most `value`.
  case atMost(column: Int, value: Double)
  /// The number in `column` is above `value`.
  case above(column: Int, value: Double)
  /// The category in `column` is one of `codes`, ascending.
  case oneOf(column: Int, codes: [Int])

  /// The column that is tested.
  var column: Int {
    switch self {
    case .atMost(let column, _), .above(let column, _), .oneOf(let column, _): column
    }
  }

  /// Whether a cell passes; a missing one never does.
  func holds(_ cell: Double) -> Bool {
    switch self {
    case .atMost(_, let value): cell <= value
    case .above(_, let value): cell > value
    case .oneOf(_, let codes): codes.contains { Double($0) == cell }
    }
  }

  /// The tests of each path from the root of `tree` to a leaf that training cases came to, and the leaf's class.
  static func paths(of tree: C45Tree) -> [(tests: [PathTest], conclusion: Int)] {
    var paths: [(tests: [PathTest], conclusion: Int)] = []
    var waiting: [(node: Int, tests: [PathTest])] = [(0, [])]
    while let (index, tests) = waiting.popLast() {
      if tree.nodes[index].isLeaf {
        if tree.weight(index) > 0 { paths.append((tests, tree.majority(index))) }
      } else {
        for (place, child) in tree.nodes[index].children.enumerated().reversed() {
          waiting.append((child, tests + [test(tree, index, branch: place)]))
        }
      }
    }
    return paths
  }

  private static func test(_ tree: C45Tree, _ index: Int, branch: Int) -> PathTest {
    let node = tree.nodes[index]
    let column = Int(node.column)
    if node.isCategorical { return .oneOf(column: column, codes: tree.categories(index, branch: branch)) }
    return branch == 0 ? .atMost(column: column, value: node.threshold) : .above(column: column, value: node.threshold)
  }

  /// The conditions that tests come to together, one a column, in the order of the columns' first tests.
  static func conditions(_ tests: [PathTest]) -> [Rule.Condition] {
    var conditions: [Rule.Condition] = []
    var places: [Int: Int] = [:]
    for test in tests {
      if let place = places[test.column] {
        conditions[place] = joined(conditions[place], test.condition)
      } else {
        places[test.column] = conditions.count
        conditions.append(test.condition)
      }
    }
    return conditions
  }

  private var condition: Rule.Condition {
    switch self {
    case .atMost(let column, let value): .atMost(value, column: column)
    case .above(let column, let value): .above(value, column: column)
    case .oneOf(let column, let codes): .oneOf(codes, column: column)
    }
  }

  private static func joined(_ first: Rule.Condition, _ second: Rule.Condition) -> Rule.Condition {
    switch (first, second) {
    case (.range(let column, let lower, let upper, _), .range(_, let otherLower, let otherUpper, _)):
      .range(column: column, lower: max(lower, otherLower), upper: min(upper, otherUpper), orMissing: false)
    case (.categories(let column, let set, _), .categories(_, let other, _)):
      .categories(column: column, set: set.intersection(other), orMissing: false)
    default: preconditionFailure("PathTest: a column of numbers and of categories")
    }
  }
}
