public import DataFrames
public import Tensors

/// Columns that say the same, found by their rank correlations.
public enum CorrelatedColumns {
  /// How many columns are compared with all others at once.
  private static let block = 256

  /// Groups the columns whose |Spearman| correlation is above a threshold, directly or over others.
  ///
  /// Categories of two words take part by their codes; those of more have no order and stay alone. A missing cell has
  /// the middle rank.
  /// - Parameters:
  ///   - features: the columns.
  ///   - rows: `[n, features]`.
  ///   - threshold: the correlation.
  ///   - workers: share the comparisons.
  /// - Returns: every column in one group, groups and columns ascending.
  /// - Complexity: O(n · features²)
  public static func groups(
    _ features: [Feature], rows: Matrix, threshold: Double = 0.9, workers: Workers
  ) -> [[Int]] {
    let compared = features.indices.filter { (features[$0].levelCount ?? 2) <= 2 }
    let count = rows.rows
    let ranked = workers.map(count: compared.count) { index in
      ranks((0..<count).map { rows[$0, compared[index]] })
    }
    let scaled = ranked.flatMap { $0 }
    let blocks = Workers.ranges(compared.count, size: block)
    let pairs = workers.map(count: blocks.count) { index -> [(Int, Int)] in
      let own = blocks[index]
      let rest = compared.count - own.lowerBound
      var products = [Double](repeating: 0, count: own.count * rest)
      products.withUnsafeMutableBufferPointer {
        BLAS.multiply(
          Array(scaled[(own.lowerBound * count)..<(own.upperBound * count)]),
          Array(scaled[(own.lowerBound * count)...]),
          BLAS.Shape(rows: own.count, inner: count, columns: rest), transposed: .second, into: $0)
      }
      var found: [(Int, Int)] = []
      for one in 0..<own.count {
        for other in (one + 1)..<max(rest, one + 1) where products[one * rest + other].magnitude > threshold {
          found.append((compared[own.lowerBound + one], compared[own.lowerBound + other]))
        }
      }
      return found
    }
    var leaders = Array(features.indices)
    func leader(_ column: Int) -> Int {
      var column = column
      while leaders[column] != column { column = leaders[column] }
      return column
    }
    for (one, other) in pairs.joined() {
      let (first, second) = (leader(one), leader(other))
      leaders[max(first, second)] = min(first, second)
    }
    var groups: [Int: [Int]] = [:]
    for column in features.indices { groups[leader(column), default: []].append(column) }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The ranks of values, equal ones sharing their mean, centred and scaled to length 1; all 0 where they do not vary.
  private static func ranks(_ values: [Double]) -> [Double] {
    let known = values.indices.filter { !values[$0].isNaN }
    let middle = Double(known.count - 1) / 2
    var ranks = [Double](repeating: 0, count: values.count)
    for (place, rank) in zip(known, known.map { values[$0] }.meanRanks()) { ranks[place] = rank - middle }
    let length = ranks.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? ranks.map { $0 / length } : ranks
  }
}
