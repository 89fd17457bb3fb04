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
  /// The rows for which no rule fires, from 0.
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
    precondition(classes.count == rows.rows && answers?.count ?? rows.rows == rows.rows, "RuleFigures: other rows")
    let fired = workers.silent.map(count: rows.rows) { row in
      set.rules.indices.filter { set.rules[$0].fires(rows, row: row) }
    }
    let decisions = fired.map { set.decision(of: $0.map { set.rules[$0] }) }
    let count = rows.rows
    self.rows = count
    func share(_ part: Int, of whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }
    if let answers {
      fidelity = share(zip(decisions, answers).count { $0 == $1 }, of: count)
      recalls = set.classNames.indices.map { label in
        let own = answers.indices.filter { answers[$0] == label }
        return share(own.count { decisions[$0] == label }, of: own.count)
      }
      let known = recalls.filter { !$0.isNaN }
      balancedFidelity = known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    } else {
      fidelity = .nan
      balancedFidelity = .nan
      recalls = []
    }
    let known = classes.indices.filter { classes[$0] >= 0 }
    accuracy = share(known.count { decisions[$0] == classes[$0] }, of: known.count)
    uncovered = fired.indices.filter { fired[$0].isEmpty }
    coverage = share(count - uncovered.count, of: count)
    overlap = count == 0 ? .nan : Double(fired.reduce(0) { $0 + $1.count }) / Double(count)
    conflicts = share(
      fired.count { rules in rules.contains { set.rules[$0].conclusion != set.rules[rules[0]].conclusion } }, of: count)
    var needed = [Bool](repeating: false, count: set.rules.count)
    var decided = [Int](repeating: 0, count: set.rules.count)
    var right = decided
    var examples = [Int?](repeating: nil, count: set.rules.count)
    let truth = answers ?? classes
    for row in 0..<count {
      for (place, rule) in fired[row].enumerated() {
        if !needed[rule], set.semantics == .vote || place == 0 {
          var rest = fired[row]
          rest.remove(at: place)
          needed[rule] = set.decision(of: rest.map { set.rules[$0] }) != decisions[row]
        }
        if place > 0 && set.semantics == .firstMatch { continue }
        decided[rule] += 1
        if truth[row] == set.rules[rule].conclusion { right[rule] += 1 }
        if examples[rule] == nil { examples[rule] = row }
      }
    }
    redundant = needed.indices.filter { !needed[$0] }
    self.decided = decided
    self.right = right
    self.examples = examples
  }
}

extension RuleSet {
  /// The mean number of comparisons of a rule; NaN without rules.
  public var meanLength: Double {
    rules.isEmpty ? .nan : Double(rules.reduce(0) { $0 + $1.length }) / Double(rules.count)
  }
}
