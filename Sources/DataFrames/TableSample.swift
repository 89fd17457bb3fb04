/// The first records of a text, from which the header and the likely types are found out.
struct TableSample {
  private static let mostRecords = 200
  private static let mostBytes = 1 << 18
  private static let leastRecords = 3

  private let grid: CellGrid
  private let finder: HeaderFinder
  /// Whether the first record is a header that is one name short, as R writes it above rows with names: all others, two
  /// at least, have one field more, the first of which is never empty and never the same.
  let hasRowNames: Bool
  /// Where the first record ends.
  let firstEnd: Int
  /// The readings of commas inside cells to try, in order.
  let commas: [CommaReading]

  /// The first records of `text`; `commas` are the readings of commas, if they are known already, and row names are
  /// only looked for if there may be any.
  /// - Throws: `CSVError.unterminatedQuote` if a quote opens in the first record and is never closed.
  init(_ text: CSVText, delimiter: UInt8, markers: MissingMarkers, mayHaveRowNames: Bool, commas: [CommaReading]? = nil)
    throws
  {
    var ends: [Int] = []
    var openQuoteLine: Int?
    grid = text.bytes.withUnsafeBufferPointer { bytes in
      let scanner = RecordScanner(text: bytes, start: text.start, delimiter: delimiter)
      while let record = scanner.record(from: ends.last ?? text.start) {
        if let quote = record.openQuote {
          openQuoteLine = scanner.line(at: quote)
          break
        }
        ends.append(record.end)
        let isEnough = ends.count >= Self.mostRecords || record.end - text.start > Self.mostBytes
        if isEnough, ends.count >= Self.leastRecords { break }
      }
      let end = ends.last ?? text.start
      return CellGrid(UnsafeBufferPointer(rebasing: bytes[text.start..<end]), delimiter: delimiter)
    }
    guard let firstEnd = ends.first else {
      throw openQuoteLine.map { CSVError.unterminatedQuote(file: text.file, line: $0) }
        ?? CSVError.noRows(file: text.file)
    }
    self.firstEnd = firstEnd
    hasRowNames = mayHaveRowNames && Self.hasRowNames(grid)
    let readings = commas ?? Self.readings(grid, delimiter: delimiter)
    self.commas = readings
    finder = HeaderFinder(sample: grid, markers: markers, commas: readings)
  }

  /// The number of fields that a data record should have.
  var fieldCount: Int { grid.fieldCount(0) + (hasRowNames ? 1 : 0) }

  /// The cells of the first record as text, with a name for the column of row names before them, if there is one.
  var firstTexts: [String] {
    (hasRowNames ? [Self.rowNames] : []) + (0..<grid.fieldCount(0)).map { grid.text(0, $0) }
  }

  /// Whether the first record is a header.
  var hasHeader: Bool { hasRowNames || finder.hasHeader }

  /// The name of the column of row names.
  static let rowNames = "row_names"

  private static func hasRowNames(_ grid: CellGrid) -> Bool {
    let records = 1..<max(1, grid.recordCount)
    let width = grid.fieldCount(0) + 1
    guard records.count >= 2, records.allSatisfy({ grid.fieldCount($0) == width }) else { return false }
    let names = records.map { grid.text($0, 0) }
    // A last field that is always empty stands behind a delimiter too many.
    return !names.contains("") && Set(names).count == names.count
      && records.contains { !grid.text($0, width - 1).isEmpty }
  }

  /// Whether each column has texts below the first record.
  var looksLikeWords: [Bool] {
    (0..<fieldCount).map { column in
      (1..<max(1, grid.recordCount)).contains { record in
        column < grid.fieldCount(record) && finder.kind(record, column) == .text
      }
    }
  }

  /// Where commas part fields, commas inside cells can only part groups of digits. Beside other delimiters they are
  /// decimal commas where that can be, and with tabs and bars only if the sample shows one that parts no group.
  private static func readings(_ grid: CellGrid, delimiter: UInt8) -> [CommaReading] {
    if delimiter == UInt8(ascii: ",") { return [.groups] }
    if delimiter == UInt8(ascii: ";") { return [.decimal, .groups] }
    for record in 0..<grid.recordCount {
      for field in 0..<grid.fieldCount(record) {
        let cell = grid.cell(record, field)
        guard cell.contains(UInt8(ascii: ",")) else { continue }
        let text = cell.withUnsafeBufferPointer { Array(CellText.trimmed($0)) }
        if CommaReading.decimal.value(text) != nil, CommaReading.groups.value(text) == nil {
          return [.decimal, .groups]
        }
      }
    }
    return [.groups, .decimal]
  }
}
