public import Tensors

extension RuleSet {
  /// The rules with each bound of a range moved between the same two neighbouring numbers of the rows, to where it has
  /// the fewest digits: no row changes its side of any bound.
  /// - Parameter rows: `[n, features]`, the rows whose sides are kept.
  /// - Returns: the same decisions on those rows.
  /// - Complexity: O(n log n) for each column with a bound
  public func settled(_ rows: Matrix) -> RuleSet {
    var columns: [Int: [Double]] = [:]
    func settled(_ bound: Double, _ column: Int) -> Double {
      guard bound.isFinite, let values = columns[column] else { return bound }
      let place = values.upperBound(of: bound)
      guard place > 0, place < values.count else { return bound }
      return ColumnCuts.settled(below: values[place - 1], above: values[place])
    }
    var set = self
    for rule in set.rules.indices {
      set.rules[rule].conditions = set.rules[rule].conditions.map { condition in
        guard case .range(let column, let lower, let upper, let orMissing) = condition else { return condition }
        if columns[column] == nil {
          columns[column] = (0..<rows.rows).map { rows[$0, column] }.filter { !$0.isNaN }.sorted()
        }
        return .range(
          column: column, lower: settled(lower, column), upper: settled(upper, column), orMissing: orMissing)
      }
    }
    return set
  }
}
