public import Tensors

/// Rows in the integers of a `CutTable`, one column after the other.
public struct CodedRows: Sendable {
  /// The table of cuts.
  public let table: CutTable
  /// The number of rows.
  public let count: Int
  /// The codes, `[columns of the table, count]`, `CutTable.missing` for a missing cell.
  let codes: [UInt16]

  /// The codes of rows `[n, features]`.
  /// - Complexity: O(n · columns · log cuts)
  public init(_ rows: Matrix, _ table: CutTable, workers: Workers) {
    precondition(rows.columns == table.features.count, "CodedRows: \(rows.columns) columns")
    self.table = table
    count = rows.rows
    codes = workers.silent.map(count: table.sizes.count) { column in
      (0..<rows.rows).map { row in
        let own = column < table.features.count
        return table.code(
          own ? rows[row, column] : table.sum(rows, row: row, direction: column - table.features.count), column: column)
      }
    }.flatMap { $0 }
  }

  private init(table: CutTable, count: Int, codes: [UInt16]) {
    self.table = table
    self.count = count
    self.codes = codes
  }

  /// Some of the rows, and behind them those of another one with the same table.
  func selecting(_ chosen: [Int], followedBy other: CodedRows, workers: Workers) -> CodedRows {
    let columns = workers.silent.map(count: table.sizes.count) { column in
      chosen.map { codes[column * count + $0] } + other.codes[column * other.count..<(column + 1) * other.count]
    }
    return CodedRows(table: table, count: chosen.count + other.count, codes: columns.flatMap { $0 })
  }

  /// The code of a cell.
  @inline(__always)
  func code(row: Int, column: Int) -> UInt16 { codes[column * count + row] }

  /// The codes of one row.
  func row(_ row: Int) -> [UInt16] { table.sizes.indices.map { codes[$0 * count + row] } }

  /// The rows that a box allows.
  func rows(in box: Box) -> RowSet {
    var set = RowSet(all: count)
    for side in box.sides { set.formIntersection(rows(in: side)) }
    return set
  }

  /// The rows that a side allows.
  func rows(in side: Box.Side) -> RowSet {
    var set = RowSet(count: count)
    let start = side.column * count
    codes.withUnsafeBufferPointer { codes in
      for word in set.words.indices {
        var bits: UInt64 = 0
        for row in word << 6..<min(count, word << 6 + 64) where side.allows(codes[start + row]) {
          bits |= 1 << UInt64(row & 63)
        }
        set.words[word] = bits
      }
    }
    return set
  }
}

/// A set of rows, one bit each.
struct RowSet: Sendable, Hashable {
  /// The bits, 64 rows a word.
  var words: [UInt64]

  /// No row of `count`.
  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) >> 6) }

  /// All of `count` rows.
  init(all count: Int) {
    words = [UInt64](repeating: .max, count: (count + 63) >> 6)
    if count & 63 != 0 { words[words.count - 1] = 1 << UInt64(count & 63) - 1 }
  }

  /// The rows for which a test holds.
  init(count: Int, where test: (Int) -> Bool) {
    self.init(count: count)
    for row in 0..<count where test(row) { words[row >> 6] |= 1 << UInt64(row & 63) }
  }

  func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }

  /// The number of rows.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The number of rows in both sets.
  func intersectionCount(_ other: RowSet) -> Int {
    var count = 0
    for word in words.indices { count += (words[word] & other.words[word]).nonzeroBitCount }
    return count
  }

  mutating func formIntersection(_ other: RowSet) {
    for word in words.indices { words[word] &= other.words[word] }
  }

  mutating func formUnion(_ other: RowSet) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  mutating func subtract(_ other: RowSet) {
    for word in words.indices { words[word] &= ~other.words[word] }
  }

  func intersection(_ other: RowSet) -> RowSet {
    var set = self
    set.formIntersection(other)
    return set
  }
}
