import Tensors

/// Reads the records of a text into typed columns.
///
/// The text is cut at record ends into pieces that the threads read side by side. A guess from the first records says
/// which columns are read as numbers and which as words. Both ways end in the same tally of what a column holds, and
/// the tally alone decides on its type; a column that was read as numbers and turns out to be words is read again. So
/// neither the guess nor the pieces nor the threads have a say in the result.
struct CSVTableReader {
  /// The text, in UTF-8.
  let text: CSVText
  /// Where the first data record may begin.
  let start: Int
  /// The byte between fields.
  let delimiter: UInt8
  /// The names of the columns.
  let names: [String]
  /// What the user says of each column.
  let declarations: [Declaration]
  /// Whether each column looks like words in the first records.
  let looksLikeWords: [Bool]
  /// The texts of missing cells.
  let markers: MissingMarkers
  /// The readings of commas inside cells to try.
  let commas: [CommaReading]
  /// The least number of bytes in a piece.
  let pieceSize: Int
  /// The threads.
  let workers: Workers

  /// The columns and what is to be said of each; `digested` is the content whose SHA-256 is found beside the reading.
  struct Table {
    var columns: [Column] = []
    var findings: [SettledColumn.Finding] = []
    var rowCount = 0
    var places: RecordPlaces
    var sha256 = ""
  }

  /// Reads all records.
  /// - Throws: `CSVError` for records of a wrong length, an open quote, or no record at all.
  func table(digested: [UInt8]) throws -> Table {
    let (ranges, openQuote) = text.bytes.withUnsafeBufferPointer {
      RecordScanner(text: $0, start: start, delimiter: delimiter).pieces(size: pieceSize)
    }
    let plan = ReadingPlan(
      roles: names.indices.map { column in
        switch declarations[column] {
        case .numeric: .forcedNumbers
        case .categorical: .words
        case .none: looksLikeWords[column] ? .words : .numbers
        }
      }, markers: markers, looksForPoints: commas.contains(.decimal))
    // The digest is one more part, and the first, so that one thread takes it while others read.
    let parts = workers.map(count: ranges.count + 1) { index in
      index == 0 ? Part.digest(Digest.sha256(digested)) : Part.piece(piece(ranges[index - 1], plan))
    }
    var sha256 = ""
    var pieces: [Piece] = []
    for part in parts {
      switch part {
      case .digest(let digest): sha256 = digest
      case .piece(let piece): pieces.append(piece)
      }
    }
    try check(pieces, ranges, openQuote: openQuote)
    let places = places(pieces[...], ranges)
    var table = Table(places: places, sha256: sha256)
    table.rowCount = places.rowCount
    guard table.rowCount > 0 else { throw CSVError.noRows(file: text.file) }

    var settled = settle(pieces, plan)
    let again = settled.indices.filter { settled[$0] == nil }
    if !again.isEmpty {
      var roles = [ReadingPlan.Role](repeating: .skipped, count: names.count)
      for column in again { roles[column] = .words }
      let wordPlan = ReadingPlan(roles: roles, markers: markers, looksForPoints: false)
      let wordPieces = workers.map(count: ranges.count) { piece(ranges[$0], wordPlan) }
      for (column, words) in zip(again, settle(wordPieces, wordPlan)) { settled[column] = words }
    }
    let columns = settled.compactMap { $0 }
    table.findings = columns.map(\.finding)
    table.columns = spelled(columns, places)
    return table
  }

  private enum Part: Sendable {
    case digest(String)
    case piece(Piece)
  }

  private func piece(_ range: Range<Int>, _ plan: ReadingPlan) -> Piece {
    text.bytes.withUnsafeBufferPointer {
      PieceReader.read(UnsafeBufferPointer(rebasing: $0[range]), delimiter: delimiter, plan: plan)
    }
  }

  private func places(_ pieces: ArraySlice<Piece>, _ ranges: [Range<Int>]) -> RecordPlaces {
    RecordPlaces(
      text: text, delimiter: delimiter, ranges: Array(ranges[..<pieces.endIndex]), rowsOfRanges: pieces.map(\.rows))
  }

  /// Throws the error that comes first in the text, if there is one.
  private func check(_ pieces: [Piece], _ ranges: [Range<Int>], openQuote: Int?) throws {
    for (index, piece) in pieces.enumerated() {
      switch (piece.ending, piece.wrongFieldCount) {
      case (.outOfMemory, _):
        throw CSVError.outOfMemory(file: text.file)
      case (.insideQuotes, _):
        let line = places(pieces[...index], ranges).line(at: openQuote ?? start)
        throw CSVError.unterminatedQuote(file: text.file, line: line)
      case (_, let found?):
        // The reading of this piece ended before the record in question, which is the next after its rows.
        let places = places(pieces[...index], ranges)
        let line = places.lines(of: [(row: places.rowCount, column: 0)])[0]
        throw CSVError.fieldCount(file: text.file, line: line, expected: names.count, found: found)
      case (_, nil):
        continue
      }
    }
  }

  /// All columns of a plan; nil for one that must be read again.
  private func settle(_ pieces: [Piece], _ plan: ReadingPlan) -> [SettledColumn?] {
    let joiner = ColumnJoiner(pieces: pieces, plan: plan, declarations: declarations, commas: commas)
    let parts = Workers.ranges(plan.slots.count, size: max(1, min(256, plan.slots.count / (8 * workers.count))))
    return workers.map(count: parts.count) { part in parts[part].map { joiner.settled(slot: $0) } }.flatMap { $0 }
  }

  /// The columns with their names; the spellings that are still to be found are read in the records that have them.
  private func spelled(_ settled: [SettledColumn], _ places: RecordPlaces) -> [Column] {
    var columnsOfRows: [Int: [Int]] = [:]
    for (column, one) in settled.enumerated() {
      for row in one.unspelled { columnsOfRows[row, default: []].append(column) }
    }
    let cells = columnsOfRows.sorted { $0.key < $1.key }
    var columns = settled.enumerated().map { column, one in
      Column(name: names[column], values: one.values, spellings: one.spellings)
    }
    for (cell, texts) in zip(cells, places.texts(of: cells, workers: workers)) {
      for (column, text) in zip(cell.value, texts) {
        guard case .numbers(let numbers) = columns[column].values else { continue }
        columns[column].spellings.append(.init(value: numbers[cell.key], text: text))
      }
    }
    for column in columns.indices where !settled[column].unspelled.isEmpty {
      columns[column].spellings.sort { $0.value < $1.value }
    }
    return columns
  }
}
