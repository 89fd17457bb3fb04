public import Tensors

/// Counts what a rule set does on rows that come in parts, in memory that does not grow with them.
///
/// All that `RuleFigures` says is a sum, an "or" or a first occurrence over rows, so one pass over any number of rows
/// gives the figures of the whole table, the rules that could go among them.
public struct RuleTally: Sendable {
  /// The rules.
  public let set: RuleSet
  /// What has been counted so far.
  var counts: Counts

  /// The most rows of which a list of rows has the numbers; behind them they are only counted.
  public static let listLimit = 100_000

  /// What the rules do on one row.
  public struct Outcome: Sendable, Equatable {
    /// The class that they decide on.
    public let decision: Int
    /// The first rule that fires, from 0; nil where none does.
    public let rule: Int?
    /// How many rules fire.
    public let firing: Int
  }

  /// Running counts; those of several parts add up.
  struct Counts: Sendable {
    var rows = 0
    /// Whether there is a model, whose classes the rules are held against.
    var hasAnswers = false
    /// For each class the rows that the model gives it, and those of them on which the rules agree.
    var answered: [Int]
    var agreed: [Int]
    /// The rows of known class, and those of them on which the rules are right.
    var known = 0
    var accurate = 0
    /// The rules that fire, summed over the rows.
    var fired = 0
    /// The rows for which rules of different classes fire.
    var conflicts = 0
    /// The rows for which no rule fires, and the first of them.
    var uncoveredCount = 0
    var uncovered: [Int] = []
    /// For each rule whether a decision changes without it, the rows that it decides, those of them that are right, and
    /// the first one.
    var needed: [Bool]
    var decided: [Int]
    var right: [Int]
    var examples: [Int?]

    init(rules: Int, classes: Int) {
      answered = [Int](repeating: 0, count: classes)
      agreed = answered
      needed = [Bool](repeating: false, count: rules)
      decided = [Int](repeating: 0, count: rules)
      right = decided
      examples = [Int?](repeating: nil, count: rules)
    }
  }

  /// The number of rows that were counted.
  public var rows: Int { counts.rows }

  /// A tally of no rows yet.
  public init(_ set: RuleSet) {
    self.set = set
    counts = Counts(rules: set.rules.count, classes: set.classNames.count)
  }

  /// Counts rows.
  /// - Parameters:
  ///   - rows: `[n, features]`.
  ///   - answers: a model's class of each row; nil without a model.
  ///   - classes: the true class of each row, −1 where it is not known, and any number beyond the set's classes for one
  ///     that the rules do not have.
  ///   - firstRow: the number of the first row among all rows, from 0.
  ///   - workers: the threads that may share the work; the counts do not depend on them.
  /// - Returns: what the rules do on each row.
  /// - Complexity: O(n · rules)
  public mutating func add(
    _ rows: Matrix, answers: [Int]?, classes: [Int], firstRow: Int, workers: Workers
  ) -> [Outcome] {
    precondition(classes.count == rows.rows && answers?.count ?? rows.rows == rows.rows, "RuleTally: other rows")
    precondition(rows.columns == set.features.count, "RuleTally: \(rows.columns) columns")
    let ranges = Workers.ranges(rows.rows, size: 1024)
    let (set, needed) = (set, counts.needed)
    let parts = workers.silent.map(count: ranges.count) { part in
      Self.count(set, rows, ranges[part], answers, classes, firstRow, needed)
    }
    counts.hasAnswers = answers != nil
    for (part, _) in parts { counts.add(part) }
    return parts.flatMap(\.outcomes)
  }

  /// The counts of some rows; rules that are known to be needed are not asked about again.
  private static func count(
    _ set: RuleSet, _ rows: Matrix, _ range: Range<Int>, _ answers: [Int]?, _ classes: [Int], _ firstRow: Int,
    _ needed: [Bool]
  ) -> (counts: Counts, outcomes: [Outcome]) {
    var counts = Counts(rules: set.rules.count, classes: set.classNames.count)
    counts.needed = needed
    counts.rows = range.count
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(range.count)
    var fired: [Int] = []
    for row in range {
      fired.removeAll(keepingCapacity: true)
      for rule in set.rules.indices where set.rules[rule].fires(rows, row: row) { fired.append(rule) }
      let decision = set.decision(of: fired)
      outcomes.append(Outcome(decision: decision, rule: fired.first, firing: fired.count))
      if let answer = answers?[row] {
        counts.answered[answer] += 1
        if answer == decision { counts.agreed[answer] += 1 }
      }
      if classes[row] >= 0 {
        counts.known += 1
        if classes[row] == decision { counts.accurate += 1 }
      }
      counts.fired += fired.count
      guard let first = fired.first else {
        counts.uncoveredCount += 1
        if counts.uncovered.count < listLimit { counts.uncovered.append(firstRow + row) }
        continue
      }
      let conclusion = set.rules[first].conclusion
      if fired.contains(where: { set.rules[$0].conclusion != conclusion }) { counts.conflicts += 1 }
      let truth = answers?[row] ?? classes[row]
      for rule in set.semantics == .vote ? fired[...] : fired[..<1] {
        if !counts.needed[rule] { counts.needed[rule] = set.decision(of: fired, without: rule) != decision }
        counts.decided[rule] += 1
        if truth == set.rules[rule].conclusion { counts.right[rule] += 1 }
        if counts.examples[rule] == nil { counts.examples[rule] = firstRow + row }
      }
    }
    return (counts, outcomes)
  }
}

extension RuleTally.Counts {
  /// Adds the counts of later rows.
  mutating func add(_ other: Self) {
    func sum(_ one: [Int], _ two: [Int]) -> [Int] { zip(one, two).map { $0 + $1 } }
    rows += other.rows
    answered = sum(answered, other.answered)
    agreed = sum(agreed, other.agreed)
    known += other.known
    accurate += other.accurate
    fired += other.fired
    conflicts += other.conflicts
    uncoveredCount += other.uncoveredCount
    uncovered += other.uncovered.prefix(RuleTally.listLimit - uncovered.count)
    needed = zip(needed, other.needed).map { $0 || $1 }
    decided = sum(decided, other.decided)
    right = sum(right, other.right)
    examples = zip(examples, other.examples).map { $0 ?? $1 }
  }
}
