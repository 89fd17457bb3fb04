import Glibc
public import Tensors

/// Reads the records of a CSV text piece by piece, in memory that does not grow with the text.
///
/// Delimiter, header and encoding are found out from the first piece. A packed text is unpacked on the way. A text that
/// is not made of bytes that ASCII is a part of is read whole first.
public final class RecordStream {
  /// Some records in a row.
  public struct Batch: Sendable {
    /// The number of the first record among the data rows, from 1.
    public let firstRow: Int
    /// The line on which each record begins, from 1.
    public let lines: [Int]
    /// How many fields each has.
    public let fieldCounts: [Int]
    /// The places of the records in the text.
    fileprivate let ranges: [Range<Int>]
    fileprivate let text: [UInt8]

    /// The number of records.
    public var count: Int { ranges.count }
  }

  /// The path, or `-` for standard input.
  public var path: String { source.path }
  /// How the text is laid out.
  public let layout: CSVLayout
  /// What a user should know of how the first piece was read.
  public let notes: [ReadNote]
  /// The number of fields that a record must have.
  public let fieldCount: Int
  /// The names of the columns.
  public let names: [String]
  /// The number of bytes in the file, if it is one.
  public var size: Int? { source.size }
  /// Whether the bytes are packed.
  public var isCompressed: Bool { source.isCompressed }
  /// How many of them the records took that were given out; about, where they are packed.
  public var bytesTaken: Int {
    received == 0 ? 0 : Int(Double(source.bytesRead) * Double(received - (text.count - position)) / Double(received))
  }

  private let source: ByteStream
  private let options: CSVReader.Options
  private let header: [UInt8]
  /// Text that was read and not given out, from `position` on.
  private var text: [UInt8]
  private var position: Int
  private var isAtEnd: Bool
  private var row = 1
  /// How many bytes of text there have been.
  private var received: Int
  private var line: Int

  /// The most records of a batch, and the longest record.
  private static let batchLimit = 4096
  private static let recordLimit = 1 << 28

  /// Whether the file at `path` begins as text may, in its packing if it has one: not as pictures do. Standard input,
  /// `-`, and what cannot be read are taken for text.
  public static func isStreamable(_ path: String) -> Bool {
    guard path != "-" else { return true }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return true }
    guard let source = try? ByteStream(path: path), let first = try? source.next() else { return true }
    return !IDXHeader.begins(first)
  }

  /// Opens the file at `path`; `-` is standard input.
  /// - Parameters:
  ///   - path: the path.
  ///   - options: what the user says of the file; not transposed.
  ///   - expected: names of columns; a first record that has them all is a header, even if it does not look like one.
  /// - Throws: `FileError` for the file as such, `CSVError` for what is wrong with its beginning.
  public init(path: String, options: CSVReader.Options, expecting expected: [String] = []) throws {
    precondition(!options.transpose, "RecordStream: a transposed file")
    let source = try ByteStream(path: path)
    self.source = source
    var first: [UInt8] = []
    var isEnded = false
    func read() throws {
      let part = try source.next()
      isEnded = part.isEmpty
      first += part
    }
    while !isEnded, first.count < ByteStream.part { try read() }
    var isWhole = first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
    var beginning: Beginning?
    while beginning == nil {
      while isWhole, !isEnded { try read() }
      do {
        beginning = try Self.beginning(first, isWhole: isEnded, path, options, expected)
        if beginning == nil { isWhole = true }
      } catch CSVError.unterminatedQuote where !isEnded && first.count < Self.recordLimit {
        // The piece may have ended inside quotes.
        try read()
      }
    }
    guard let beginning else { throw CSVError.noRows(file: path) }
    layout = beginning.layout
    notes = beginning.notes
    names = beginning.names
    fieldCount = beginning.names.count
    (header, position, line) = (beginning.header, beginning.position, beginning.line)
    text = beginning.text
    received = beginning.text.count
    isAtEnd = isEnded
    var settled = options
    settled.delimiter = layout.delimiter
    settled.hasHeader = layout.hasHeader
    settled.skipsBadRecords = false
    // What else a model takes for numbers its own reading of a table says, cell by cell.
    settled.numeric = []
    self.options = settled
  }

  /// What the first piece tells.
  private struct Beginning {
    let layout: CSVLayout
    let notes: [ReadNote]
    let names: [String]
    /// The piece in UTF-8, the header record with its line end, where the records begin, and the line there.
    let text: [UInt8]
    let header: [UInt8]
    let position: Int
    let line: Int
  }

  /// Reads the first piece up to its last line end; nil where the whole text is needed.
  private static func beginning(
    _ bytes: [UInt8], isWhole: Bool, _ path: String, _ options: CSVReader.Options, _ expected: [String]
  ) throws -> Beginning? {
    let end = isWhole ? bytes.count : lastLineEnd(bytes)
    let file = try DataFile(isWhole ? bytes : Array(bytes[..<end]), path: path)
    var frame = try CSVReader(options: options).read(file, workers: .one)
    if options.hasHeader == nil, frame.source.csv?.hasHeader == false, !expected.isEmpty {
      var named = options
      named.hasHeader = true
      if let other = try? CSVReader(options: named).read(file, workers: .one),
        Set(expected).isSubset(of: other.columns.map(\.name))
      {
        frame = other
      }
    }
    guard let layout = frame.source.csv else { throw CSVError.noRows(file: path) }
    if !isWhole, layout.encoding != .utf8 || frame.source.notes.contains(.unwrappedRecords) { return nil }
    var decoded = try CSVText(file, workers: .one)
    if let (unwrapped, _) = WrappedRecords.unwrapped(decoded, delimiters: [layout.delimiter]) {
      decoded.bytes = unwrapped
    }
    let (header, position, line) = Self.header(decoded, layout)
    return Beginning(
      layout: layout, notes: frame.source.notes, names: frame.columns.map(\.name),
      text: decoded.bytes + bytes[end...], header: header, position: position, line: line)
  }

  /// The header record with its line end, or nothing; where the records begin; and the line there.
  private static func header(_ text: CSVText, _ layout: CSVLayout) -> (bytes: [UInt8], end: Int, line: Int) {
    text.bytes.withUnsafeBufferPointer { buffer in
      let scanner = RecordScanner(text: buffer, start: text.start, delimiter: layout.delimiter)
      guard layout.hasHeader, let record = scanner.record(from: text.start) else {
        return ([], text.start, scanner.line(at: text.start))
      }
      return (Array(buffer[record.start..<record.end]) + [0x0A], record.end, scanner.line(at: record.end))
    }
  }

  /// The next records; nil where there are no more.
  /// - Throws: `FileError` where the file cannot be read on, `CSVError.unterminatedQuote` for a quote that is not
  ///   closed.
  public func next() throws -> Batch? {
    while true {
      let found = text.withUnsafeBufferPointer { Self.records($0, position, layout.delimiter, line, isAtEnd) }
      if let openQuote = found.openQuote, isAtEnd || text.count - position > Self.recordLimit {
        guard found.ranges.isEmpty else { return take(found) }
        throw CSVError.unterminatedQuote(file: path, line: openQuote)
      }
      if !found.ranges.isEmpty { return take(found) }
      if isAtEnd { return nil }
      text.removeSubrange(..<position)
      position = 0
      let part = try source.next()
      isAtEnd = part.isEmpty
      received += part.count
      text += part
    }
  }

  /// The SHA-256 of all bytes that were read, as they stand in the file.
  public func sha256() -> String { source.sha256() }

  /// Some records of a batch as a table.
  /// - Parameters:
  ///   - batch: the batch.
  ///   - range: which of its records.
  ///   - numeric: the columns that must be numbers.
  ///   - categorical: the columns that are words even where all cells are numbers, beside those of the options.
  ///   - workers: share the work.
  /// - Returns: the table.
  /// - Throws: `CSVError`, whose line is that of the whole text.
  public func frame(
    _ batch: Batch, _ range: Range<Int>, numeric: [String] = [], categorical: [String] = [], workers: Workers
  ) throws -> DataFrame {
    guard let first = range.first, let last = range.last else {
      throw CSVError.noRows(file: path)
    }
    let bytes = header + batch.text[batch.ranges[first].lowerBound..<batch.ranges[last].upperBound]
    var options = self.options
    options.numeric = numeric
    options.categorical += categorical
    let frame: DataFrame
    do {
      frame = try CSVReader(options: options).read(try DataFile(bytes, path: path), workers: workers)
    } catch CSVError.notANumber(let file, let line, let column, let found) {
      let headerLines = header.withUnsafeBufferPointer {
        RecordScanner(text: $0, start: 0, delimiter: layout.delimiter).lineEnds(in: 0..<$0.count)
      }
      throw CSVError.notANumber(
        file: file, line: line - 1 - headerLines + batch.lines[first], column: column, found: found)
    }
    guard frame.rowCount == range.count else {
      throw CSVError.fieldCount(
        file: path, line: batch.lines[first], expected: fieldCount, found: batch.fieldCounts[first])
    }
    return frame
  }

  private struct Found {
    var ranges: [Range<Int>] = []
    var lines: [Int] = []
    var fieldCounts: [Int] = []
    /// The line on which a quote opens that is not closed yet.
    var openQuote: Int?
    /// Where the last whole record ends, and the line there.
    var end: Int
    var line: Int
  }

  /// The whole records from a position on, at most as many as a batch has.
  private static func records(
    _ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ delimiter: UInt8, _ line: Int, _ isAtEnd: Bool
  ) -> Found {
    let scanner = RecordScanner(text: text, start: position, delimiter: delimiter)
    var found = Found(end: position, line: line)
    while found.ranges.count < batchLimit, let record = scanner.record(from: found.end) {
      let start = found.line + scanner.lineEnds(in: found.end..<record.start)
      if let quote = record.openQuote {
        found.openQuote = start + scanner.lineEnds(in: record.start..<quote)
        break
      }
      // A record is whole where its line end is there; behind a CR an LF may still come.
      let isWhole = record.end < text.count && (text[record.end] == 0x0A || record.end + 1 < text.count)
      guard isWhole || isAtEnd else { break }
      found.ranges.append(record.start..<record.end)
      found.lines.append(start)
      found.fieldCounts.append(record.fields)
      found.line = start + scanner.lineEnds(in: record.start..<record.end)
      found.end = record.end
    }
    return found
  }

  /// Gives found records out; their text moves to the batch.
  private func take(_ found: Found) -> Batch {
    let offset = position
    let batch = Batch(
      firstRow: row, lines: found.lines, fieldCounts: found.fieldCounts,
      ranges: found.ranges.map { ($0.lowerBound - offset)..<($0.upperBound - offset) },
      text: Array(text[offset..<found.end]))
    row += batch.count
    line = found.line
    position = found.end
    return batch
  }

  /// Just behind the last line end, or the end of the bytes where there is none.
  private static func lastLineEnd(_ bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? bytes.lastIndex(of: 0x0D).map { $0 + 1 } ?? bytes.count
  }
}
