import DataFrames
import RealModule
import Tensors

/// Random rows near given ones, to ask a model about: a row with some cells taken from other rows and its numbers moved
/// a little towards another row's.
struct SyntheticRows: Sendable {
  private let rows: Matrix
  /// Whether a column's numbers may lie between those that occur.
  private let isSmooth: [Bool]
  /// The chance that a cell is taken from another row.
  private let exchange: Double

  /// Random rows near `rows`, `[n, features]`.
  init(_ rows: Matrix, features: [Feature]) {
    self.rows = rows
    exchange = min(0.25, 4 / Double(max(1, features.count)))
    isSmooth = features.indices.map { column in
      guard features[column].levelCount == nil else { return false }
      var different: Set<Double> = []
      for row in 0..<rows.rows where !rows[row, column].isNaN {
        different.insert(rows[row, column])
        if different.count > 20 { break }
      }
      return different.count > 20
        && !(0..<rows.rows).allSatisfy { rows[$0, column].isNaN || rows[$0, column] == rows[$0, column].rounded() }
    }
  }

  /// Draws rows, each from a generator of its own.
  func draw(_ count: Int, seed: UInt64, workers: Workers) -> Matrix {
    guard rows.rows > 0, count > 0 else { return Matrix(rows: 0, columns: rows.columns) }
    let ranges = Workers.ranges(count, size: 512)
    let parts = workers.silent.map(count: ranges.count) { part in
      ranges[part].flatMap { index -> [Double] in
        var generator = SeededGenerator(seed: seed, stream: UInt64(index), purpose: .row)
        return row(&generator)
      }
    }
    return Matrix(rows: count, columns: rows.columns, elements: parts.flatMap { $0 })
  }

  private func row(_ generator: inout SeededGenerator) -> [Double] {
    let base = Int.random(in: 0..<rows.rows, using: &generator)
    let partner = Int.random(in: 0..<rows.rows, using: &generator)
    let way = 0.3 * generator.uniform()
    return (0..<rows.columns).map { column in
      if generator.uniform() < exchange {
        return rows[Int.random(in: 0..<rows.rows, using: &generator), column]
      }
      let cell = rows[base, column]
      let other = rows[partner, column]
      return isSmooth[column] && !cell.isNaN && !other.isNaN ? cell + way * (other - cell) : cell
    }
  }
}
