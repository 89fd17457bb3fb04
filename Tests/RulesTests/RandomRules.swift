import DataFrames
import Rules
import Tensors

/// Random rules over columns of both kinds, some with the same cuts again, and rows that lie on, beside and between
/// them.
struct RandomRules {
  var generator: SeededGenerator
  static let names = [
    "x", "max HR", "a \"quoted\" one", "IF", "or missing", "0.31*age", "# no comment", "é, ü}", "-", "2",
  ]
  static let classes = ["0", "then", "not sick", "", "a\nb"]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed, purpose: .test) }

  mutating func features(_ count: Int) -> [Feature] {
    (0..<count).map { column in
      let levels = ["normal", "in", "fixed  defect", "\"", "1,5", ""]
      return Feature(
        name: Self.names[column], kind: Bool.random(using: &generator) ? .number : .category(levels: levels))
    }
  }

  mutating func bound() -> Double { Double(Int.random(in: -3...3, using: &generator)) / 4 }

  mutating func condition(_ features: [Feature], column: Int) -> Rule.Condition {
    let orMissing = Int.random(in: 0..<4, using: &generator) == 0
    if let count = features[column].levelCount {
      let codes = (0..<count).filter { _ in Bool.random(using: &generator) }
      return .categories(column: column, set: CategorySet(codes.isEmpty ? [0] : codes), orMissing: orMissing)
    }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return .range(column: column, lower: .infinity, upper: -.infinity, orMissing: true)
    case 1: return .range(column: column, lower: -.infinity, upper: .infinity, orMissing: false)
    case 2...3: return .range(column: column, lower: bound(), upper: .infinity, orMissing: orMissing)
    case 4...5: return .range(column: column, lower: -.infinity, upper: bound(), orMissing: orMissing)
    default:
      let lower = bound()
      return .range(column: column, lower: lower, upper: lower + 0.5, orMissing: orMissing)
    }
  }

  mutating func plane(_ features: [Feature]) -> Rule.Condition? {
    let numbers = features.indices.filter { features[$0].levelCount == nil }
    guard numbers.count >= 2 else { return nil }
    let weights = [[0.31, -0.2], [-1e-7, 3]][Int.random(in: 0..<2, using: &generator)]
    return .plane(
      Rule.Condition.Plane(
        terms: [.init(column: numbers[0], weight: weights[0]), .init(column: numbers[1], weight: weights[1])],
        bound: bound(), isAbove: Bool.random(using: &generator)))
  }

  mutating func set(rules count: Int, columns: Int, semantics: RuleSet.Semantics, planes: Bool = true) -> RuleSet {
    let features = features(columns)
    let rules = (0..<count).map { _ in
      var conditions = features.indices.filter { _ in Int.random(in: 0..<5, using: &generator) < 2 }.map {
        condition(features, column: $0)
      }
      if planes, Int.random(in: 0..<3, using: &generator) == 0, let plane = plane(features) { conditions.append(plane) }
      let support = Double(Int.random(in: 0..<30, using: &generator))
      return Rule(
        conditions, then: Int.random(in: 0..<4, using: &generator), support: support,
        correct: Double(Int.random(in: 0...Int(support), using: &generator)))
    }
    return RuleSet(
      features: features, classNames: Self.classes, rules: rules,
      defaultClass: Int.random(in: 0..<5, using: &generator),
      semantics: semantics)
  }

  mutating func rows(_ features: [Feature], count: Int) -> Matrix {
    var rows = Matrix(rows: count, columns: features.count)
    for row in 0..<count {
      for column in features.indices {
        if Int.random(in: 0..<8, using: &generator) == 0 {
          rows[row, column] = .nan
        } else if let levels = features[column].levelCount {
          rows[row, column] = Double(Int.random(in: 0..<levels, using: &generator))
        } else {
          rows[row, column] =
            [bound(), bound().nextUp, bound().nextDown, Double.random(in: -1...1, using: &generator)][
              Int.random(in: 0..<4, using: &generator)]
        }
      }
    }
    return rows
  }
}
