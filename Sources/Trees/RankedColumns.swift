import Tensors

/// The training rows as the split search sees them: each cell a small code that keeps the order of the values.
///
/// A number's code is the rank of its Float among the column's different Floats, or, where those are too many, the
/// number of a group of neighbouring ones that holds about as many rows as the other groups. A category's code is its
/// index. The code after the last one stands for a missing cell.
struct RankedColumns: Sendable {
  /// One column's codes and what they stand for.
  struct Column: Sendable {
    /// The code of each row.
    let codes: [UInt16]
    /// The number of codes that stand for values; this code itself stands for a missing cell.
    let codeCount: Int
    /// The least and the greatest Float of each code; empty for categories.
    let lower: [Float]
    let upper: [Float]
    /// Whether the codes are categories.
    let isCategorical: Bool
    /// The number of categories, which may be more than there are codes; 0 for numbers.
    var levelCount = 0
  }

  let columns: [Column]
  /// The same codes row by row: a node of few rows finds all its codes close together, where each column would be
  /// another place in memory.
  enum CodesByRow: Sendable {
    /// All codes are close together anyway.
    case absent
    /// Every code is at most 255.
    case narrow([UInt8])
    case wide([UInt16])
  }
  let codesByRow: CodesByRow
  /// The most rows of a node that are read from `codesByRow`: those whose codes stay in a core's cache.
  let closeRows: Int

  /// The most rows for which every different value keeps a code of its own.
  static let exactLimit = 20_000

  /// The most different codes of a column: one less than UInt16 holds, for the missing cell.
  static let codeLimit = 65_535

  /// The most categories that have codes of their own, a multiple of 64; those after them count as missing cells.
  static let categoryLimit = 65_472

  /// Codes for `rows`, `[n, levelCounts.count]`, where a level count marks a column of categories.
  ///
  /// Where n is larger than `exactLimit`, a column of numbers has at most `maximumBins` codes.
  init(_ rows: Matrix, levelCounts: [Int?], maximumBins: Int, workers: Workers) {
    let limit = rows.rows <= Self.exactLimit ? Self.codeLimit : min(maximumBins, Self.codeLimit)
    let parts = Workers.ranges(rows.columns, size: max(1, rows.columns / 64))
    columns = workers.map(count: parts.count) { part in
      parts[part].map { column in
        if let levels = levelCounts[column] {
          Self.categories(rows, column: column, levels: levels)
        } else {
          Self.numbers(rows, column: column, limit: limit)
        }
      }
    }.flatMap { $0 }
    let isNarrow = columns.allSatisfy { $0.codeCount <= 255 || $0.codeCount == 256 && !$0.codes.contains(256) }
    closeRows = Self.cachedBytes / max(1, columns.count) / (isNarrow ? 1 : 2)
    if rows.rows <= closeRows || closeRows < Self.fewestCloseRows {
      codesByRow = .absent
    } else if isNarrow {
      codesByRow = .narrow(Self.transposed(columns, rowCount: rows.rows, workers: workers))
    } else {
      codesByRow = .wide(Self.transposed(columns, rowCount: rows.rows, workers: workers))
    }
  }

  /// How much a core's cache holds, with room for other things.
  private static let cachedBytes = 600_000
  private static let fewestCloseRows = 32

  private static func transposed<Code: FixedWidthInteger & UnsignedInteger & Sendable>(
    _ columns: [Column], rowCount: Int, workers: Workers
  ) -> [Code] {
    let parts = Workers.ranges(rowCount, size: 512)
    return workers.map(count: parts.count) { part in
      var codes = [Code](repeating: 0, count: parts[part].count * columns.count)
      for (place, column) in columns.enumerated() {
        var target = place
        for row in parts[part] {
          codes[target] = Code(truncatingIfNeeded: column.codes[row])
          target += columns.count
        }
      }
      return codes
    }.flatMap { $0 }
  }

  /// Groups a node's samples by their codes in a column, read where they are closest together.
  func gather(_ samples: UnsafeBufferPointer<GroupTable.Sample>, by column: Int, into table: inout GroupTable) {
    let codeCount = columns[column].codeCount
    let isClose = samples.count <= closeRows
    switch codesByRow {
    case .narrow(let codes) where isClose:
      codes.withUnsafeBufferPointer {
        table.gather(samples, by: .init(codes: $0, first: column, stride: columns.count, codeCount: codeCount))
      }
    case .wide(let codes) where isClose:
      codes.withUnsafeBufferPointer {
        table.gather(samples, by: .init(codes: $0, first: column, stride: columns.count, codeCount: codeCount))
      }
    default:
      columns[column].codes.withUnsafeBufferPointer {
        table.gather(samples, by: .init(codes: $0, first: 0, stride: 1, codeCount: codeCount))
      }
    }
  }

  private static func categories(_ rows: Matrix, column: Int, levels: Int) -> Column {
    let codeCount = min(levels, categoryLimit)
    var codes = [UInt16](repeating: UInt16(codeCount), count: rows.rows)
    for row in 0..<rows.rows {
      let value = rows.elements[row * rows.columns + column]
      if value < Double(codeCount) { codes[row] = UInt16(value) }
    }
    return Column(
      codes: codes, codeCount: codeCount, lower: [], upper: [], isCategorical: true, levelCount: levels)
  }

  private static func numbers(_ rows: Matrix, column: Int, limit: Int) -> Column {
    let keyed = sortedByValue(rows, column: column)
    var different = 0
    for place in keyed.indices where place == 0 || keyed[place].key > keyed[place - 1].key { different += 1 }

    var codes = [UInt16](repeating: 0, count: rows.rows)
    var lower: [Float] = []
    var upper: [Float] = []
    var isPresent = [Bool](repeating: false, count: rows.rows)
    // A group is closed at the first new value after it has its share of the rows that were left for it.
    var closeAt = 0
    for (place, (key, row)) in keyed.enumerated() {
      if upper.last.map({ key > $0 }) ?? true, different <= limit || place >= closeAt {
        lower.append(key)
        upper.append(key)
        let groupsLeft = max(1, limit - lower.count + 1)
        closeAt = place + (keyed.count - place + groupsLeft - 1) / groupsLeft
      }
      upper[upper.count - 1] = key
      codes[Int(row)] = UInt16(lower.count - 1)
      isPresent[Int(row)] = true
    }
    for row in 0..<rows.rows where !isPresent[row] { codes[row] = UInt16(lower.count) }
    return Column(codes: codes, codeCount: lower.count, lower: lower, upper: upper, isCategorical: false)
  }

  /// The cells of a column that are not missing, as Floats in ascending order, with their rows; equal ones by row.
  ///
  /// A radix sort by eleven bits at a time, which leaves out digits that are the same in all cells.
  /// - Complexity: O(n)
  private static func sortedByValue(_ rows: Matrix, column: Int) -> [(key: Float, row: Int32)] {
    var keyed: [(key: UInt32, row: Int32)] = []
    keyed.reserveCapacity(rows.rows)
    for row in 0..<rows.rows {
      // −0 becomes 0, as the two are equal.
      let value = Float(rows.elements[row * rows.columns + column]) + 0
      if !value.isNaN { keyed.append((orderedBits(value), Int32(truncatingIfNeeded: row))) }
    }
    var sorted = keyed
    for shift: UInt32 in [0, 11, 22] {
      var starts = [Int](repeating: 0, count: 2049)
      for cell in keyed { starts[Int(cell.key &>> shift & 2047) + 1] += 1 }
      if starts.contains(keyed.count) { continue }
      for digit in 1..<2048 { starts[digit] += starts[digit - 1] }
      for cell in keyed {
        let digit = Int(cell.key &>> shift & 2047)
        sorted[starts[digit]] = cell
        starts[digit] += 1
      }
      swap(&keyed, &sorted)
    }
    return keyed.map { (value(ofOrderedBits: $0.key), $0.row) }
  }

  /// Bits that are in the order of the Floats.
  private static func orderedBits(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits >> 31 == 0 ? bits | 1 << 31 : ~bits
  }

  private static func value(ofOrderedBits bits: UInt32) -> Float {
    Float(bitPattern: bits >> 31 == 0 ? ~bits : bits & ~(1 << 31))
  }

  /// The threshold between the values of code `left` and those of code `right`: the middle of the gap, in Float,
  /// never so far up that the lowest value of `right` would go left.
  func threshold(column: Int, left: Int, right: Int) -> Float {
    let low = columns[column].upper[left]
    let high = columns[column].lower[right]
    let middle = Float(Double(low) / 2 + Double(high) / 2)
    return middle < high ? max(low, middle) : low
  }
}

/// Where the codes of one column are: that of row r at `first + r · stride`.
struct ColumnCodes<Code: FixedWidthInteger> {
  let codes: UnsafeBufferPointer<Code>
  let first: Int
  let stride: Int
  /// The code of a missing cell.
  let codeCount: Int

  /// The code of a row.
  subscript(_ row: Int32) -> Int {
    @inline(__always) get { Int(codes[first &+ Int(row) &* stride]) }
  }
}
