public import Tensors

/// The rows that C4.5 trees are grown on, put in order once: many trees of the same rows with other targets share them.
///
/// A cell is a code: a number's rank among the different numbers of its column, a category's index, −1 where it is
/// missing.
public struct C45Columns: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// For each column the number of its categories, or nil for numbers.
  public let levelCounts: [Int?]
  /// Each cell's code, column by column: `[columns, rowCount]`.
  let codes: [Int32]
  /// The different numbers of each column, ascending; empty for categories.
  let values: [[Double]]
  /// The place of each column among those of numbers; nil for categories.
  let numberPlace: [Int?]
  /// The known cells of each column of numbers, ascending, equal ones in the rows' order: the code in the upper 32
  /// bits, the row in the lower.
  let entries: [UInt64]
  /// Where each column of numbers starts in `entries`; the last one is the end.
  let starts: [Int]
  /// Whether any cell is missing.
  let hasMissing: Bool

  /// The number of columns.
  public var columnCount: Int { levelCounts.count }

  /// Orders `rows`, `[n, levelCounts.count]`: numbers, indices of categories, NaN where a cell is missing.
  ///
  /// - Parameters:
  ///   - rows: the rows; their numbers are finite.
  ///   - levelCounts: for each column the number of its categories, or nil for numbers.
  ///   - workers: the threads that may share the work, a column each.
  /// - Complexity: O(columns · n log n)
  public init(_ rows: Matrix, levelCounts: [Int?], workers: Workers) {
    precondition(levelCounts.count == rows.columns, "C45Columns: \(levelCounts.count) kinds, \(rows.columns) columns")
    rowCount = rows.rows
    self.levelCounts = levelCounts
    let columns = workers.map(count: rows.columns) { Self.column(rows, $0, isNumber: levelCounts[$0] == nil) }
    codes = columns.flatMap(\.codes)
    values = columns.map(\.values)
    entries = columns.flatMap(\.entries)
    hasMissing = codes.contains { $0 < 0 }
    var starts = [0]
    var numberPlace: [Int?] = []
    for (index, column) in columns.enumerated() {
      numberPlace.append(levelCounts[index] == nil ? starts.count - 1 : nil)
      if levelCounts[index] == nil { starts.append(starts[starts.count - 1] + column.entries.count) }
    }
    self.starts = starts
    self.numberPlace = numberPlace
  }

  private struct OneColumn: Sendable {
    var codes: [Int32]
    var values: [Double] = []
    var entries: [UInt64] = []
  }

  private static func column(_ rows: Matrix, _ column: Int, isNumber: Bool) -> OneColumn {
    var result = OneColumn(codes: [Int32](repeating: -1, count: rows.rows))
    var known: [(value: Double, row: Int)] = []
    for row in 0..<rows.rows {
      let value = rows[row, column]
      if value.isNaN { continue }
      if isNumber { known.append((value, row)) } else { result.codes[row] = Int32(value) }
    }
    known.sort { $0.value != $1.value ? $0.value < $1.value : $0.row < $1.row }
    result.entries.reserveCapacity(known.count)
    for (value, row) in known {
      if result.values.last.map({ value > $0 }) ?? true { result.values.append(value) }
      let code = result.values.count - 1
      result.codes[row] = Int32(code)
      result.entries.append(UInt64(code) << 32 | UInt64(row))
    }
    return result
  }

  /// The code of a cell; −1 where it is missing.
  func code(_ row: Int, _ column: Int) -> Int { Int(codes[column * rowCount + row]) }

  /// The greatest code of `column` whose number is at most the middle between those of the codes `low` < `high`: a
  /// threshold is always a number that occurs, though maybe in other rows.
  func threshold(_ column: Int, between low: Int, and high: Int) -> Int {
    let values = values[column]
    var middle = (values[low] + values[high]) / 2
    if !middle.isFinite { middle = values[low] / 2 + values[high] / 2 }
    // What is the middle in the file's decimals may be an ulp above it in binary.
    middle += 1e-9 * (values[high] - middle)
    var (below, above) = (low, high)
    while above - below > 1 {
      let candidate = (below + above) / 2
      if values[candidate] <= middle { below = candidate } else { above = candidate }
    }
    return below
  }
}
