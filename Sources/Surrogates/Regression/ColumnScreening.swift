public import DataFrames
public import Tensors

/// The columns that go best with a target, each looked at alone: what is left of a table with more columns than rows.
public enum ColumnScreening {
  /// Picks the columns with the largest adjusted R² of a regression on that column alone; of equal ones the first.
  ///
  /// Of a number that is the squared correlation, of a category the share of the variance between its levels, both
  /// adjusted for the number of terms. A column with a missing cell is judged by the rows that have it.
  /// - Parameters:
  ///   - features: the columns.
  ///   - rows: `[n, features]`.
  ///   - values: the target, of count n, NaN where it is missing.
  ///   - limit: how many columns to keep.
  ///   - workers: share the columns.
  /// - Returns: the indices of at most `limit` columns, in the order of the table.
  /// - Complexity: O(n · features)
  public static func best(
    _ features: [Feature], rows: Matrix, values: [Double], limit: Int, workers: Workers
  ) -> [Int] {
    let scores = workers.map(count: features.count) { column in
      score(rows, column, features[column].levelCount, values)
    }
    return scores.fallingOrder().prefix(limit).sorted()
  }

  /// The adjusted R² of the target on one column; −∞ where it cannot be judged.
  static func score(_ rows: Matrix, _ column: Int, _ levelCount: Int?, _ values: [Double]) -> Double {
    let known = values.indices.filter { !values[$0].isNaN && !rows[$0, column].isNaN }
    let n = Double(known.count)
    guard known.count > 2 else { return -.infinity }
    let mean = known.reduce(0) { $0 + values[$1] } / n
    let total = known.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
    guard total > 0 else { return -.infinity }
    let explained: Double
    let terms: Int
    if let levelCount {
      var counts = [Double](repeating: 0, count: levelCount)
      var sums = [Double](repeating: 0, count: levelCount)
      for row in known {
        let level = Int(rows[row, column])
        counts[level] += 1
        sums[level] += values[row] - mean
      }
      explained = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 } / total
      terms = counts.count { $0 > 0 }
    } else {
      let center = known.reduce(0) { $0 + rows[$1, column] } / n
      var square = 0.0
      var product = 0.0
      for row in known {
        let difference = rows[row, column] - center
        square += difference * difference
        product += difference * (values[row] - mean)
      }
      guard square > 0 else { return -.infinity }
      explained = product * product / square / total
      terms = 2
    }
    guard known.count > terms, terms > 1 else { return -.infinity }
    return 1 - (1 - explained) * (n - 1) / (n - Double(terms))
  }
}
