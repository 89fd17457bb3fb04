/// A CSV text whose records are to be columns, turned into one whose records are rows.
enum TransposedText {
  /// The byte between the fields of a transposed text.
  static let delimiter = UInt8(ascii: ",")

  /// The text with records and fields changed over. The first fields of the records become the names; a first record
  /// that is a header holds the names of the samples, which become a first column, called `sample` if the corner is
  /// empty.
  /// - Throws: `CSVError` for records of a wrong length and an open quote.
  static func transposed(_ text: CSVText, delimiter: UInt8, hasHeader: Bool) throws -> CSVText {
    var lines: [Int] = []
    var openQuoteLine: Int?
    let grid = text.bytes.withUnsafeBufferPointer { bytes in
      let scanner = RecordScanner(text: bytes, start: text.start, delimiter: delimiter)
      var position = text.start
      var counted = 0
      while let record = scanner.record(from: position) {
        lines.append((lines.last ?? 1) + scanner.lineEnds(in: counted..<record.start))
        counted = record.start
        if let quote = record.openQuote { openQuoteLine = scanner.line(at: quote) }
        position = record.end
      }
      return CellGrid(UnsafeBufferPointer(rebasing: bytes[text.start...]), delimiter: delimiter)
    }
    let width = grid.fieldCount(0)
    for record in 0..<grid.recordCount - (openQuoteLine == nil ? 0 : 1) where grid.fieldCount(record) != width {
      throw CSVError.fieldCount(
        file: text.file, line: lines[record], expected: width, found: grid.fieldCount(record))
    }
    if let openQuoteLine { throw CSVError.unterminatedQuote(file: text.file, line: openQuoteLine) }
    var turned = text
    turned.bytes = bytes(of: grid, width: width, hasHeader: hasHeader)
    turned.start = 0
    turned.linesOfColumns = lines
    turned.notes.append(.transposed)
    return turned
  }

  private static func bytes(of grid: CellGrid, width: Int, hasHeader: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in 0..<width {
      for record in 0..<grid.recordCount {
        if record > 0 { bytes.append(delimiter) }
        let isNamelessCorner = hasHeader && record == 0 && field == 0 && grid.text(0, 0).isEmpty
        bytes.append(UInt8(ascii: "\""))
        for byte in isNamelessCorner ? ArraySlice("sample".utf8) : grid.cell(record, field) {
          if byte == UInt8(ascii: "\"") { bytes.append(byte) }
          bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(0x0A)
    }
    return bytes
  }
}
