/// Files in which a spreadsheet has put every record into one pair of quotes, its own quotes doubled:
/// `"GP;""F"";18"`.
enum WrappedRecords {
  private static let most = 200

  /// The text with the records taken out of their quotes, and the delimiter inside them; nil for any other file.
  ///
  /// Only records below the first must be in quotes, since spreadsheets leave headers without quotes alone. The text
  /// begins where it did, and lines stay where they are.
  static func unwrapped(_ text: CSVText, delimiters: [UInt8]) -> (bytes: [UInt8], delimiter: UInt8)? {
    text.bytes.withUnsafeBufferPointer { bytes in
      for delimiter in delimiters {
        let scanner = RecordScanner(text: bytes, start: text.start, delimiter: delimiter)
        if looksWrapped(scanner) { return (unwrapped(scanner, most: .max), delimiter) }
      }
      return nil
    }
  }

  private static func looksWrapped(_ scanner: RecordScanner) -> Bool {
    var position = scanner.start
    var count = 0
    while count < most, let record = scanner.record(from: position) {
      let isWrapped = record.openQuote == nil && isWrapped(record, scanner)
      if count > 0, !isWrapped { return false }
      count += 1
      position = record.end
    }
    guard count >= 2 else { return false }
    return unwrapped(scanner, most: most).withUnsafeBufferPointer { inner in
      let inside = RecordScanner(text: inner, start: scanner.start, delimiter: scanner.delimiter)
      guard let first = inside.record(from: scanner.start), first.fields >= 2 else { return false }
      var position = first.end
      while let record = inside.record(from: position) {
        if record.fields != first.fields || record.openQuote != nil { return false }
        position = record.end
      }
      return true
    }
  }

  private static func isWrapped(_ record: RecordScanner.Record, _ scanner: RecordScanner) -> Bool {
    record.fields == 1 && scanner.text[record.start] == UInt8(ascii: "\"")
  }

  /// The records without their quotes, and all that is between them as it stands.
  private static func unwrapped(_ scanner: RecordScanner, most: Int) -> [UInt8] {
    var inner = Array(scanner.text[..<scanner.start])
    var position = scanner.start
    var count = 0
    while count < most, let record = scanner.record(from: position) {
      inner.append(contentsOf: scanner.text[position..<record.start])
      let bytes = UnsafeBufferPointer(rebasing: scanner.text[record.start..<record.end])
      if record.openQuote == nil, isWrapped(record, scanner) {
        inner.append(contentsOf: CellGrid(bytes, delimiter: scanner.delimiter).cell(0, 0))
      } else {
        inner.append(contentsOf: bytes)
      }
      count += 1
      position = record.end
    }
    return inner
  }
}
