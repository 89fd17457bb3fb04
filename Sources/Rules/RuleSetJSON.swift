/// A rule set as JSON has it, out and in.
public struct RuleSetJSON: Codable, Equatable {
  /// How rules that fire together decide: the raw value of `RuleSet.Semantics`.
  public let semantics: String
  /// The rules, in order.
  public let rules: [RuleJSON]
  /// The class where no rule fires.
  public let `default`: String

  /// One rule.
  public struct RuleJSON: Codable, Equatable {
    /// The conditions, all of which must hold.
    public let `if`: [ConditionJSON]
    /// The class that it gives.
    public let then: String
    /// The rows for which it fires, where it was made.
    public let support: Double
    /// Those of them whose class it gives.
    public let correct: Double
  }

  /// One comparison: a column or weights, an operator (`>`, `<=`, `in`, `is`) and a value.
  public struct ConditionJSON: Codable, Equatable {
    /// The column; nil where weights are given.
    public var column: String?
    /// The weights of a sum of columns; nil where a column is given.
    public var weights: [String: Double]?
    /// The columns of `weights` in the order in which they are summed.
    public var order: [String]?
    /// `>`, `<=`, `in` or `is`.
    public let `operator`: String
    /// What it is compared with.
    public let value: Value
    /// Whether a missing cell meets the condition; nil: it does not.
    public var orMissing: Bool?
  }

  /// A number, words, or `missing` and `known`.
  public enum Value: Codable, Equatable {
    case number(Double)
    case words([String])
    case state(String)

    /// A value, whichever it is.
    /// - Throws: `DecodingError`
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let words = try? container.decode([String].self) {
        self = .words(words)
      } else {
        self = .state(try container.decode(String.self))
      }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .words(let words): try container.encode(words)
      case .state(let state): try container.encode(state)
      }
    }
  }

  /// A rule set from its parts.
  public init(semantics: String, rules: [RuleJSON], default: String) {
    self.semantics = semantics
    self.rules = rules
    self.default = `default`
  }

  /// The JSON form of a rule set.
  public init(_ written: WrittenRules) {
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
  public var written: WrittenRules? {
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
