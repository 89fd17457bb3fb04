public import Tensors

/// What a rule set does on some rows.
public struct RuleFigures: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The share of rows on which the rules decide as a model does; NaN without one.
  public let fidelity: Double
  /// The mean over the model's classes of the share of their rows on which the rules agree; NaN without a model.
  public let balancedFidelity: Double
  /// For each class the share of the rows that the model gives it on which the rules agree; NaN where there are none.
  public let recalls: [Double]
  /// The share of the rows of known class on which the rules are right; NaN where there are none.
  public let accuracy: Double
  /// The share of rows for which a rule fires.
  public let coverage: Double
  /// The mean number of rules that fire.
  public let overlap: Double
  /// The share of rows for which rules of different classes fire.
  public let conflicts: Double
  /// The number of rows for which no rule fires.
  public let uncoveredCount: Int
  /// The first of those rows, from 0, at most `RuleTally.listLimit`.
  public let uncovered: [Int]
  /// The rules, from 0, each of which could go alone without a change of any decision on these rows.
  public let redundant: [Int]
  /// For each rule the rows on which it decides; under a vote, for which it fires.
  public let decided: [Int]
  /// For each rule those of them whose known class, or the model's where there is one, is the rule's.
  public let right: [Int]
  /// For each rule the first row that it decides on; nil where there is none.
  public let examples: [Int?]

  /// Measures a rule set.
  /// - Parameters:
  ///   - set: the rules.
  ///   - rows: `[n, features]`.
  ///   - answers: a model's class of each row; nil without a model.
  ///   - classes: the true class of each row, −1 where it is not known.
  ///   - workers: the threads that may share the work.
  /// - Complexity: O(n · rules)
  public init(_ set: RuleSet, _ rows: Matrix, answers: [Int]?, classes: [Int], workers: Workers) {
    var tally = RuleTally(set)
    _ = tally.add(rows, answers: answers, classes: classes, firstRow: 0, workers: workers)
    self.init(tally)
  }

  /// The figures of the rows that were counted.
  public init(_ tally: RuleTally) {
    func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }
    let counts = tally.counts
    rows = counts.rows
    if counts.hasAnswers {
      fidelity = share(counts.agreed.reduce(0, +), of: rows)
      recalls = zip(counts.agreed, counts.answered).map { share($0, of: $1) }
      let known = recalls.filter { !$0.isNaN }
      balancedFidelity = known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    } else {
      fidelity = .nan
      balancedFidelity = .nan
      recalls = []
    }
    accuracy = share(counts.accurate, of: counts.known)
    coverage = share(rows - counts.uncoveredCount, of: rows)
    overlap = rows == 0 ? .nan : Double(counts.fired) / Double(rows)
    conflicts = share(counts.conflicts, of: rows)
    uncoveredCount = counts.uncoveredCount
    uncovered = counts.uncovered
    redundant = counts.needed.indices.filter { !counts.needed[$0] }
    decided = counts.decided
    right = counts.right
    examples = counts.examples
  }
}

extension RuleSet {
  /// The mean number of comparisons of a rule; NaN without rules.
  public var meanLength: Double {
    rules.isEmpty ? .nan : Double(rules.reduce(0) { $0 + $1.length }) / Double(rules.count)
  }
}
