public import Rules
public import Runs

/// Rules as an SQL expression: a CASE for first match, and for a vote the class with the largest sum.
public struct RulesSQL {
  let rules: WrittenRules

  /// The SQL of a rule set.
  public init(rules: WrittenRules) {
    self.rules = rules
  }

  /// The expression, with identifiers in double quotes and texts in single ones, as the standard has it.
  public var text: String {
    switch rules.semantics {
    case .firstMatch:
      let cases = rules.rules.map { "  WHEN \(Self.conditions($0)) THEN \(Self.string($0.then))\n" }
      let other = Self.string(rules.defaultClass)
      return cases.isEmpty ? other + "\n" : "CASE\n\(cases.joined())  ELSE \(other)\nEND\n"
    case .vote: return votes
    }
  }

  /// Among equal sums the default class wins, then the class of the earliest rule that fires, as the rules have it.
  private var votes: String {
    var classes = [rules.defaultClass]
    for rule in rules.rules where !classes.contains(rule.then) { classes.append(rule.then) }
    func sum(_ name: String) -> String {
      let own = rules.rules.filter { $0.then == name }.map { rule in
        "CASE WHEN \(Self.conditions(rule)) THEN \((rule.correct + 1) / (rule.support + 2)) ELSE 0 END"
      }
      return own.isEmpty ? "0" : "(\(own.joined(separator: " + ")))"
    }
    /// The place of the first rule of a class that fires.
    func first(_ name: String) -> String {
      if name == rules.defaultClass { return "-1" }
      let own = rules.rules.enumerated().filter { $0.element.then == name }.map {
        "  WHEN \(Self.conditions($0.element)) THEN \($0.offset)"
      }
      return "CASE\(own.joined()) ELSE \(rules.rules.count) END"
    }
    let parts = classes.map { "SELECT \(Self.string($0)) AS c, \(sum($0)) AS s, \(first($0)) AS p" }
    return "(SELECT c FROM (\n  \(parts.joined(separator: "\n  UNION ALL "))\n) ORDER BY s DESC, p LIMIT 1)\n"
  }

  private static func conditions(_ rule: WrittenRules.Rule) -> String {
    rule.conditions.isEmpty ? "1 = 1" : rule.conditions.map { condition($0) }.joined(separator: " AND ")
  }

  private static func condition(_ condition: WrittenRules.Condition) -> String {
    let subject: String
    switch condition.subject {
    case .column(let name): subject = identifier(name)
    case .sum(let weights):
      subject = "(" + weights.map { "(\($0.weight)) * \(identifier($0.column))" }.joined(separator: " + ") + ")"
    }
    let test: String
    switch condition.test {
    case .above(let bound): test = "\(subject) > \(bound)"
    case .atMost(let bound): test = "\(subject) <= \(bound)"
    case .oneOf(let words):
      test = words.isEmpty ? "1 = 0" : "\(subject) IN (\(words.map { string($0) }.joined(separator: ", ")))"
    case .isMissing: return "\(subject) IS NULL"
    case .isKnown: test = "\(subject) IS NOT NULL"
    }
    return condition.orMissing ? "(\(test) OR \(subject) IS NULL)" : test
  }

  private static func identifier(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

  private static func string(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}

extension RulesSQL: RuleFormat {
  /// `sql`
  public static let name = "sql"

  /// The rules alone, as one expression.
  public static func text(_ run: RulesRun) -> String {
    RulesSQL(rules: WrittenRules(run.extraction.rules)).text
  }
}
