import Tensors

/// Where the data records stand in the text, found again only for the few that are asked for.
struct RecordPlaces: Sendable {
  private let bytes: [UInt8]
  private let linesOfColumns: [Int]?
  private let delimiter: UInt8
  private let ranges: [Range<Int>]
  /// The first row of each range, and the number of rows at the end.
  private let firstRows: [Int]

  /// The places in a text that was cut into `ranges`, which hold `rowsOfRanges` records.
  init(text: CSVText, delimiter: UInt8, ranges: [Range<Int>], rowsOfRanges: [Int]) {
    bytes = text.bytes
    linesOfColumns = text.linesOfColumns
    self.delimiter = delimiter
    self.ranges = ranges
    firstRows = rowsOfRanges.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  /// The number of data rows.
  var rowCount: Int { firstRows[firstRows.count - 1] }

  /// The line, from 1, of the byte at `offset`.
  func line(at offset: Int) -> Int {
    bytes.withUnsafeBufferPointer { RecordScanner(text: $0, start: 0, delimiter: delimiter).line(at: offset) }
  }

  /// The lines on which the records of the given cells start; a record is a row, or a column of a transposed text.
  /// - Complexity: one pass over the text
  func lines(of cells: [(row: Int, column: Int)]) -> [Int] {
    if let linesOfColumns { return cells.map { linesOfColumns[$0.column] } }
    let lines = lines(ofRows: cells.map(\.row))
    return cells.map { lines[$0.row] ?? 1 }
  }

  /// The lines on which the given data rows start.
  private func lines(ofRows rows: [Int]) -> [Int: Int] {
    var lines: [Int: Int] = [:]
    var line = 1
    var counted = 0
    bytes.withUnsafeBufferPointer { text in
      let scanner = RecordScanner(text: text, start: 0, delimiter: delimiter)
      for (row, record) in records(Set(rows).sorted(), scanner) {
        line += scanner.lineEnds(in: counted..<record.start)
        counted = record.start
        lines[row] = line
      }
    }
    return lines
  }

  /// Where the records of ascending data rows stand in the text.
  func records(ofRows rows: [Int]) -> [Range<Int>] {
    bytes.withUnsafeBufferPointer { text in
      records(rows, RecordScanner(text: text, start: 0, delimiter: delimiter)).map { $0.1.start..<$0.1.end }
    }
  }

  /// The trimmed texts of cells, given as ascending rows with the columns that are wanted of each.
  func texts(of cells: [(key: Int, value: [Int])], workers: Workers) -> [[String]] {
    let parts = Workers.ranges(cells.count, size: max(1, cells.count / (4 * workers.count)))
    return workers.map(count: parts.count) { part -> [[String]] in
      let wanted = cells[parts[part]]
      return bytes.withUnsafeBufferPointer { text in
        let scanner = RecordScanner(text: text, start: 0, delimiter: delimiter)
        return zip(wanted, records(wanted.map(\.key), scanner)).map { wanted, found in
          let record = UnsafeBufferPointer(rebasing: text[found.1.start..<found.1.end])
          let grid = CellGrid(record, delimiter: delimiter)
          return wanted.value.map { grid.text(0, $0) }
        }
      }
    }.flatMap { $0 }
  }

  /// The records of ascending rows.
  private func records(_ rows: [Int], _ scanner: RecordScanner) -> [(Int, RecordScanner.Record)] {
    var found: [(Int, RecordScanner.Record)] = []
    var range = 0
    var row = 0
    var position = 0
    for wanted in rows {
      let startsAnew = wanted >= firstRows[min(range + 1, ranges.count)] || found.isEmpty
      if startsAnew {
        while range + 1 < ranges.count, wanted >= firstRows[range + 1] { range += 1 }
        row = firstRows[range]
        position = ranges[range].lowerBound
      }
      while let record = scanner.record(from: position) {
        position = record.end
        row += 1
        if row > wanted {
          found.append((wanted, record))
          break
        }
      }
    }
    return found
  }
}
