import CKernels

/// Products of a matrix W whose rows lie one behind the other with vectors, where W is so large that to read it is what
/// takes time: four rows are read side by side. The digits of a number depend neither on its place nor on how many rows
/// or columns are asked for.
public enum RowProduct {
  /// Σ over j of f(W[r, j]) · x[j] for some rows.
  /// - Parameters:
  ///   - weights: the first of the rows.
  ///   - rows: their number.
  ///   - width: the length of a row.
  ///   - part: f.
  ///   - x: the vector.
  ///   - sums: takes a number for each row.
  /// - Complexity: O(`rows` · `width`)
  public static func sums(
    _ weights: UnsafePointer<Float>, rows: Int, width: Int, part: WeightPart, _ x: UnsafePointer<Float>,
    into sums: UnsafeMutablePointer<Float>
  ) {
    xai_row_sums(weights, width, rows, part.kernel, x, sums)
  }

  /// Σ over k of `factors[k]` · f(W[`rows[k]`, j]) for some columns, 0 for no rows.
  /// - Parameters:
  ///   - weights: the first of the columns in the first row.
  ///   - stride: the length of a row.
  ///   - rows: the rows that are taken.
  ///   - factors: a factor for each of them.
  ///   - part: f.
  ///   - result: takes a number for each column.
  /// - Complexity: O(`rows.count` · `result.count`)
  public static func mixture(
    _ weights: UnsafePointer<Float>, stride: Int, rows: [Int], factors: [Float], part: WeightPart,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(rows.count == factors.count, "RowProduct: \(rows.count) rows, \(factors.count) factors")
    guard let target = result.baseAddress else { return }
    rows.withUnsafeBufferPointer { rows in
      rows.withMemoryRebound(to: UInt.self) {
        xai_row_mixture(weights, stride, result.count, $0.baseAddress, factors, factors.count, part.kernel, target)
      }
    }
  }
}
