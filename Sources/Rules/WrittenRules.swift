public import DataFrames

/// A rule set by the names of its columns, categories and classes, as a file has it: the form between text or JSON and
/// a `RuleSet` over the columns of a table.
public struct WrittenRules: Sendable, Equatable {
  /// How the rules decide.
  public var semantics: RuleSet.Semantics
  /// The rules.
  public var rules: [Rule]
  /// The class of a row for which no rule fires.
  public var defaultClass: String

  /// IF all conditions hold THEN a class.
  public struct Rule: Sendable, Equatable {
    /// The conditions; a range with two bounds is two of them.
    public var conditions: [Condition]
    /// The class.
    public var then: String
    /// The rows for which it fires.
    public var support: Double
    /// Those of them that are of the class.
    public var correct: Double

    /// A rule.
    public init(conditions: [Condition], then: String, support: Double, correct: Double) {
      self.conditions = conditions
      self.then = then
      self.support = support
      self.correct = correct
    }
  }

  /// One comparison.
  public struct Condition: Sendable, Equatable {
    /// What is compared.
    public var subject: Subject
    /// How, and with what.
    public var test: Test
    /// Whether a missing cell satisfies it too.
    public var orMissing: Bool

    /// A comparison.
    public init(_ subject: Subject, _ test: Test, orMissing: Bool = false) {
      self.subject = subject
      self.test = test
      self.orMissing = orMissing
    }
  }

  /// What is compared.
  public enum Subject: Sendable, Equatable {
    /// A column.
    case column(String)
    /// A weighted sum of columns.
    case sum([Weight])
  }

  /// A column and its weight.
  public struct Weight: Sendable, Equatable {
    /// The column's name.
    public var column: String
    /// The weight.
    public var weight: Double

    /// A column and its weight.
    public init(column: String, weight: Double) {
      self.column = column
      self.weight = weight
    }
  }

  /// How a condition compares.
  public enum Test: Sendable, Equatable {
    /// Larger than a number.
    case above(Double)
    /// A number or smaller.
    case atMost(Double)
    /// One of some words.
    case oneOf([String])
    /// The cell is missing.
    case isMissing
    /// The cell is there.
    case isKnown
  }

  /// A rule set of given parts.
  public init(semantics: RuleSet.Semantics, rules: [Rule], defaultClass: String) {
    self.semantics = semantics
    self.rules = rules
    self.defaultClass = defaultClass
  }
}

/// What keeps written rules from being brought together with a table.
public enum BindingError: Error, Equatable, CustomStringConvertible {
  /// A column that the table does not have; the nearest names.
  case unknownColumn(rule: Int, name: String, nearest: [String])
  /// A column is compared with a number and has words, or the reverse.
  case wrongKind(rule: Int, column: String, isNumber: Bool)

  /// The message, in one line.
  public var description: String {
    switch self {
    case .unknownColumn(let rule, let name, let nearest):
      let advice = nearest.isEmpty ? "" : "; did you mean \(nearest.map { "\"\($0)\"" }.joined(separator: " or "))?"
      return "rule \(rule): the data have no column \"\(name)\"\(advice)"
    case .wrongKind(let rule, let column, let isNumber):
      return isNumber
        ? "rule \(rule): the column \"\(column)\" holds numbers, and the rule asks for words"
        : "rule \(rule): the column \"\(column)\" holds words, and the rule compares it with a number"
    }
  }
}

extension WrittenRules {
  /// The names of a rule set's columns, categories and classes in the place of their indices.
  public init(_ set: RuleSet) {
    self.init(
      semantics: set.semantics,
      rules: set.rules.map { rule in
        Rule(
          conditions: rule.conditions.flatMap { Self.written($0, set.features) },
          then: set.classNames[rule.conclusion], support: rule.support, correct: rule.correct)
      }, defaultClass: set.classNames[set.defaultClass])
  }

  private static func written(_ condition: Rules.Rule.Condition, _ features: [Feature]) -> [Condition] {
    switch condition {
    case .range(let column, let lower, let upper, let orMissing):
      let subject = Subject.column(features[column].name)
      if lower >= upper { return [Condition(subject, .isMissing)] }
      let bounds: [Test] =
        (lower > -.infinity ? [.above(lower)] : []) + (upper < .infinity ? [.atMost(upper)] : [])
      if bounds.isEmpty { return [Condition(subject, .isKnown, orMissing: orMissing)] }
      return bounds.map { Condition(subject, $0, orMissing: orMissing) }
    case .categories(let column, let set, let orMissing):
      let subject = Subject.column(features[column].name)
      if set.isEmpty && orMissing { return [Condition(subject, .isMissing)] }
      var words: [String] = []
      if case .category(let levels) = features[column].kind {
        words = set.codes.filter { levels.indices.contains($0) }.map { levels[$0] }
      }
      return [Condition(subject, .oneOf(words), orMissing: orMissing)]
    case .plane(let plane):
      let weights = plane.terms.map { Weight(column: features[$0.column].name, weight: $0.weight) }
      return [Condition(.sum(weights), plane.isAbove ? .above(plane.bound) : .atMost(plane.bound))]
    }
  }

  /// The rule set over the columns of a table. Words and classes that the table does not have come behind its own.
  /// - Parameters:
  ///   - features: the table's columns.
  ///   - classNames: the classes of its target.
  /// - Returns: the rule set; conditions of one rule on one column are one.
  /// - Throws: `BindingError`.
  public func bound(to features: [Feature], classNames: [String]) throws -> RuleSet {
    var binder = Binder(features: features, classNames: classNames)
    let rules = try rules.enumerated().map { try binder.rule($0.element, number: $0.offset + 1) }
    let decision = binder.classIndex(defaultClass)
    return RuleSet(
      features: binder.features, classNames: binder.classNames, rules: rules, defaultClass: decision,
      semantics: semantics)
  }
}

/// Turns names into indices.
private struct Binder {
  var features: [Feature]
  var classNames: [String]
  private let columns: [String: Int]
  private var classes: [String: Int]
  private var levels: [Int: [String: Int]] = [:]

  init(features: [Feature], classNames: [String]) {
    self.features = features
    self.classNames = classNames
    columns = Dictionary(features.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    classes = Dictionary(classNames.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  mutating func classIndex(_ name: String) -> Int {
    if let index = classes[name] { return index }
    classes[name] = classNames.count
    classNames.append(name)
    return classNames.count - 1
  }

  mutating func rule(_ written: WrittenRules.Rule, number: Int) throws -> Rule {
    var conditions: [Rule.Condition] = []
    for condition in written.conditions {
      let bound = try self.condition(condition, rule: number)
      if case .plane = bound {
        conditions.append(bound)
        continue
      }
      let same = conditions.firstIndex { other in
        if case .plane = other { false } else { other.columns == bound.columns }
      }
      if let same {
        conditions[same] = conditions[same].intersection(bound)
      } else {
        conditions.append(bound)
      }
    }
    return Rule(
      conditions, then: classIndex(written.then), support: written.support, correct: written.correct)
  }

  private func index(_ name: String, rule: Int) throws -> Int {
    guard let index = columns[name] else {
      throw BindingError.unknownColumn(
        rule: rule, name: name, nearest: nearest(to: name, among: features.map(\.name)))
    }
    return index
  }

  private mutating func condition(_ written: WrittenRules.Condition, rule: Int) throws -> Rule.Condition {
    switch written.subject {
    case .sum(let weights):
      let terms = try weights.map { weight in
        let column = try index(weight.column, rule: rule)
        if features[column].levelCount != nil {
          throw BindingError.wrongKind(rule: rule, column: weight.column, isNumber: false)
        }
        return Rule.Condition.Plane.Term(column: column, weight: weight.weight)
      }
      switch written.test {
      case .above(let bound): return .plane(.init(terms: terms, bound: bound, isAbove: true))
      case .atMost(let bound): return .plane(.init(terms: terms, bound: bound, isAbove: false))
      default: throw BindingError.wrongKind(rule: rule, column: weights.first?.column ?? "", isNumber: true)
      }
    case .column(let name):
      return try condition(written, column: index(name, rule: rule), name: name, rule: rule)
    }
  }

  private mutating func condition(
    _ written: WrittenRules.Condition, column: Int, name: String, rule: Int
  ) throws -> Rule.Condition {
    let isNumber = features[column].levelCount == nil
    switch written.test {
    case .isMissing where isNumber:
      return .range(column: column, lower: .infinity, upper: -.infinity, orMissing: true)
    case .isMissing: return .categories(column: column, set: CategorySet(), orMissing: true)
    case .isKnown where isNumber:
      return .range(column: column, lower: -.infinity, upper: .infinity, orMissing: written.orMissing)
    case .isKnown:
      return .categories(
        column: column, set: CategorySet(all: features[column].levelCount ?? 0), orMissing: written.orMissing)
    case .above(let bound) where isNumber:
      return .range(column: column, lower: bound, upper: .infinity, orMissing: written.orMissing)
    case .atMost(let bound) where isNumber:
      return .range(column: column, lower: -.infinity, upper: bound, orMissing: written.orMissing)
    case .oneOf(let words) where !isNumber:
      return .categories(
        column: column, set: CategorySet(words.map { level($0, column) }), orMissing: written.orMissing)
    case .above, .atMost, .oneOf: throw BindingError.wrongKind(rule: rule, column: name, isNumber: isNumber)
    }
  }

  private mutating func level(_ word: String, _ column: Int) -> Int {
    guard case .category(var words) = features[column].kind else { return 0 }
    if levels[column] == nil {
      levels[column] = Dictionary(words.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    }
    if let code = levels[column]?[word] { return code }
    levels[column]?[word] = words.count
    words.append(word)
    features[column] = Feature(name: features[column].name, kind: .category(levels: words))
    return words.count - 1
  }
}

extension Rule.Condition {
  /// The condition that holds where both of two conditions on one column hold.
  func intersection(_ other: Rule.Condition) -> Rule.Condition {
    switch (self, other) {
    case (.range(let column, let low, let high, let missing), .range(_, let lower, let upper, let orMissing)):
      let (lower, upper) = (max(low, lower), min(high, upper))
      let isEmpty = lower >= upper
      return .range(
        column: column, lower: isEmpty ? .infinity : lower, upper: isEmpty ? -.infinity : upper,
        orMissing: missing && orMissing)
    case (.categories(let column, let one, let missing), .categories(_, let two, let orMissing)):
      return .categories(column: column, set: one.intersection(two), orMissing: missing && orMissing)
    default: return self
    }
  }
}
