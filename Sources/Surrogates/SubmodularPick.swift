/// SP-LIME: a few rows whose explanations together show as much as possible of what drives a model (Ribeiro, Singh &
/// Guestrin, KDD 2016, algorithm 2).
public enum SubmodularPick {
  /// What an explanation's term is about: a condition on a column; the same column in another bin is another.
  public struct Subject: Hashable, Sendable {
    /// The feature's index.
    public let column: Int
    /// The bin's condition.
    public let condition: Condition

    /// The subject of a condition on a column.
    public init(column: Int, condition: Condition) {
      self.column = column
      self.condition = condition
    }
  }

  /// Picks rows.
  ///
  /// A subject f counts I_f = √Σ_i |W_if|, W the rows' weights; a set of rows covers the subjects that have a weight in
  /// any of them. Rows are added one by one, each the one that adds most to the covered sum, the last of equals, as
  /// lime does. Costs O(picks · rows · terms).
  /// - Parameters:
  ///   - explanations: the terms of each row.
  ///   - count: how many rows to pick; all where there are fewer.
  /// - Returns: the picked rows' places, in the order in which they were picked.
  public static func pick(_ explanations: [[LocalExplanation.Term]], count: Int) -> [Int] {
    var sums: [Subject: Double] = [:]
    let subjects = explanations.map { terms in
      terms.filter { $0.weight != 0 }.map { term in
        let subject = Subject(column: term.column, condition: term.condition)
        sums[subject, default: 0] += term.weight.magnitude
        return subject
      }
    }
    let importance = sums.mapValues { $0.squareRoot() }
    var covered: Set<Subject> = []
    var picked: [Int] = []
    while picked.count < min(count, explanations.count) {
      var best = -1
      var bestGain = -1.0
      for row in explanations.indices where !picked.contains(row) {
        let gain = Set(subjects[row]).subtracting(covered).reduce(0) { $0 + (importance[$1] ?? 0) }
        if gain >= bestGain {
          best = row
          bestGain = gain
        }
      }
      picked.append(best)
      covered.formUnion(subjects[best])
    }
    return picked
  }
}
