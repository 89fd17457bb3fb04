import DataFrames
import Rules

/// A rule set as JSON has it, out and in.
struct RuleSetJSON: Codable, Equatable {
  let semantics: String
  let rules: [RuleJSON]
  let `default`: String

  /// One rule.
  struct RuleJSON: Codable, Equatable {
    let `if`: [ConditionJSON]
    let then: String
    let support: Double
    let correct: Double
  }

  /// One comparison: a column or weights, an operator (`>`, `<=`, `in`, `is`) and a value.
  struct ConditionJSON: Codable, Equatable {
    var column: String?
    var weights: [String: Double]?
    /// The columns of `weights` in the order in which they are summed.
    var order: [String]?
    let `operator`: String
    let value: Value
    var orMissing: Bool?
  }

  /// A number, words, or `missing` and `known`.
  enum Value: Codable, Equatable {
    case number(Double)
    case words([String])
    case state(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let words = try? container.decode([String].self) {
        self = .words(words)
      } else {
        self = .state(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .words(let words): try container.encode(words)
      case .state(let state): try container.encode(state)
      }
    }
  }

  init(semantics: String, rules: [RuleJSON], default: String) {
    self.semantics = semantics
    self.rules = rules
    self.default = `default`
  }

  init(_ written: WrittenRules) {
    semantics = written.semantics.rawValue
    `default` = written.defaultClass
    rules = written.rules.map { rule in
      RuleJSON(
        if: rule.conditions.map { Self.condition($0) }, then: rule.then, support: rule.support, correct: rule.correct)
    }
  }

  private static func condition(_ written: WrittenRules.Condition) -> ConditionJSON {
    let (sign, value): (String, Value) =
      switch written.test {
      case .above(let bound): (">", .number(bound))
      case .atMost(let bound): ("<=", .number(bound))
      case .oneOf(let words): ("in", .words(words))
      case .isMissing: ("is", .state("missing"))
      case .isKnown: ("is", .state("known"))
      }
    var condition = ConditionJSON(operator: sign, value: value, orMissing: written.orMissing ? true : nil)
    switch written.subject {
    case .column(let name): condition.column = name
    case .sum(let weights):
      condition.weights = Dictionary(weights.map { ($0.column, $0.weight) }) { first, _ in first }
      condition.order = weights.map(\.column)
    }
    return condition
  }

  /// The rules; nil where the JSON has none of this form.
  var written: WrittenRules? {
    guard let semantics = RuleSet.Semantics(rawValue: semantics) else { return nil }
    var read: [WrittenRules.Rule] = []
    for rule in rules {
      let conditions = rule.if.compactMap { Self.written($0) }
      if conditions.count < rule.if.count { return nil }
      read.append(
        WrittenRules.Rule(conditions: conditions, then: rule.then, support: rule.support, correct: rule.correct))
    }
    return WrittenRules(semantics: semantics, rules: read, defaultClass: `default`)
  }

  private static func written(_ condition: ConditionJSON) -> WrittenRules.Condition? {
    let test: WrittenRules.Test
    switch (condition.operator, condition.value) {
    case (">", .number(let bound)): test = .above(bound)
    case ("<=", .number(let bound)): test = .atMost(bound)
    case ("in", .words(let words)): test = .oneOf(words)
    case ("is", .state("missing")): test = .isMissing
    case ("is", .state("known")): test = .isKnown
    default: return nil
    }
    let orMissing = condition.orMissing ?? false
    if let column = condition.column { return WrittenRules.Condition(.column(column), test, orMissing: orMissing) }
    guard let weights = condition.weights else { return nil }
    let order = condition.order ?? weights.keys.sorted()
    let terms = order.compactMap { name in weights[name].map { WrittenRules.Weight(column: name, weight: $0) } }
    return terms.isEmpty ? nil : WrittenRules.Condition(.sum(terms), test, orMissing: orMissing)
  }
}
