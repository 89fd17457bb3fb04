public import Tensors

/// IF all conditions hold THEN a class, with the rows that it was counted on.
public struct Rule: Sendable, Hashable {
  /// The conditions, at most one a column beside planes; a rule without any fires for every row.
  public var conditions: [Condition]
  /// The index of the class that the rule concludes.
  public var conclusion: Int
  /// The rows, by weight, for which the rule fires.
  public var support: Double
  /// Those of them, by weight, that are of the concluded class.
  public var correct: Double

  /// A rule with its counts.
  public init(_ conditions: [Condition], then conclusion: Int, support: Double = 0, correct: Double = 0) {
    self.conditions = conditions
    self.conclusion = conclusion
    self.support = support
    self.correct = correct
  }

  /// The number of comparisons.
  public var length: Int { conditions.reduce(0) { $0 + $1.length } }

  /// The weight of the rule's vote, (correct + 1) / (support + 2), as C5.0 has it.
  public var confidence: Double { (correct + 1) / (support + 2) }

  /// Whether the rule fires for row `row` of `rows`, `[n, features]`.
  public func fires(_ rows: Matrix, row: Int) -> Bool { conditions.allSatisfy { $0.holds(rows, row: row) } }
}
