import Tensors

/// Records that are left out because they are bad, if the user wants that.
///
/// They are overwritten with blanks, and lines of blanks are no records: so everything is read as if they were not in
/// the file, and all other records stay on their lines.
struct BadRecords {
  /// The byte between fields.
  let delimiter: UInt8
  /// The least number of bytes that one part of the work has; the records that are found do not depend on it.
  let pieceSize: Int
  /// The number of records that are left out.
  private(set) var count = 0
  /// The lines on which the first of them start.
  private(set) var lines: [Int] = []

  /// The most lines that are kept.
  private static let mostLines = 5

  /// No record yet.
  init(delimiter: UInt8, pieceSize: Int) {
    self.delimiter = delimiter
    self.pieceSize = pieceSize
  }

  /// What is to be said of them, if there are any.
  var note: ReadNote? { count == 0 ? nil : .leftOutRecords(count: count, lines: lines) }

  /// Leaves out all records behind `start` that have not the expected number of fields. One in which a quote opens
  /// that is never closed stays, since nobody knows where it ends.
  /// - Throws: `CSVError.fieldCount` if no record has the expected number.
  mutating func leaveOutWrongLengths(of text: inout CSVText, from start: Int, expected: Int, workers: Workers) throws {
    let (bytes, delimiter) = (text.bytes, self.delimiter)
    let (ranges, _) = bytes.withUnsafeBufferPointer {
      RecordScanner(text: $0, start: start, delimiter: delimiter).pieces(size: pieceSize)
    }
    let parts = workers.map(count: ranges.count) { part -> (bad: [Range<Int>], firstFound: Int, others: Int) in
      bytes.withUnsafeBufferPointer { bytes in
        let end = ranges[part].upperBound
        let scanner = RecordScanner(
          text: UnsafeBufferPointer(rebasing: bytes[..<end]), start: start, delimiter: delimiter)
        var (bad, firstFound, others) = ([Range<Int>](), 0, 0)
        var position = ranges[part].lowerBound
        while let record = scanner.record(from: position) {
          position = record.end
          if record.fields == expected || record.openQuote != nil {
            others += 1
          } else {
            if bad.isEmpty { firstFound = record.fields }
            bad.append(record.start..<record.end)
          }
        }
        return (bad, firstFound, others)
      }
    }
    let bad = parts.flatMap(\.bad)
    leaveOut(bad, of: &text)
    if let first = parts.first(where: { !$0.bad.isEmpty }), parts.allSatisfy({ $0.others == 0 }) {
      throw CSVError.fieldCount(file: text.file, line: lines[0], expected: expected, found: first.firstFound)
    }
  }

  /// Leaves out the records in the given places, which ascend.
  mutating func leaveOut(_ records: [Range<Int>], of text: inout CSVText) {
    if records.isEmpty { return }
    count += records.count
    var line = 1
    var counted = 0
    var found: [Int] = []
    text.bytes.withUnsafeBufferPointer { bytes in
      let scanner = RecordScanner(text: bytes, start: 0, delimiter: delimiter)
      for record in records.prefix(Self.mostLines) {
        line += scanner.lineEnds(in: counted..<record.lowerBound)
        counted = record.lowerBound
        found.append(line)
      }
    }
    lines = Array((lines + found).sorted().prefix(Self.mostLines))
    let blank = delimiter == UInt8(ascii: " ") ? UInt8(ascii: "\t") : UInt8(ascii: " ")
    text.bytes.withUnsafeMutableBufferPointer { bytes in
      for record in records {
        for index in record where !RecordScanner.isLineEnd(bytes[index]) { bytes[index] = blank }
      }
    }
  }
}

extension CSVTableReader.Table {
  /// The records in which a column that was declared numeric holds something else, ascending, once each; none if they
  /// are all records there are.
  func recordsWithoutNumber(markers: MissingMarkers, workers: Workers) -> [Range<Int>] {
    var readings: [Int: CommaReading] = [:]
    var columnsOfRows: [Int: [Int]] = [:]
    for (column, finding) in findings.enumerated() {
      guard case .notANumber(_, _, let commas) = finding, case .numbers(let numbers) = columns[column].values else {
        continue
      }
      readings[column] = commas
      for (row, number) in numbers.enumerated() where number.isNaN { columnsOfRows[row, default: []].append(column) }
    }
    if readings.isEmpty { return [] }
    let cells = columnsOfRows.sorted { $0.key < $1.key }
    let bad = zip(cells, places.texts(of: cells, workers: workers)).compactMap { cell, texts -> Int? in
      zip(cell.value, texts).contains { column, text in
        let text = Array(text.utf8)
        let isRead = text.withUnsafeBufferPointer { markers.matches($0) || CellText.anyNumber($0) != nil }
        return !isRead && readings[column]?.value(text) == nil
      } ? cell.key : nil
    }
    return bad.count == rowCount ? [] : places.records(ofRows: bad)
  }
}
