public import Tensors

/// Reads CSV files into tables: finds out compression, encoding, delimiter, header and types, and keeps a note of
/// all that a user should know of it.
///
/// ```swift
/// let frame = try CSVReader(options: .init()).read(path: "heart.csv", workers: .one)
/// ```
public struct CSVReader: Sendable {
  /// What the user says of the file; all else is found out.
  public struct Options: Sendable, Equatable {
    /// The byte between fields, any but a quote or a line end; nil: found out among comma, semicolon, tab and bar.
    public var delimiter: UInt8?
    /// Whether the first record holds the names; nil: found out.
    public var hasHeader: Bool?
    /// The texts that mean a missing cell, in place of the built-in ones; nil: the built-in ones. The empty cell is
    /// always missing.
    public var missingMarkers: [String]?
    /// The columns that must be numbers.
    public var numeric: [String]
    /// The columns that are words even where all cells are numbers.
    public var categorical: [String]
    /// Whether the file's records are the table's columns.
    public var transpose: Bool
    /// Whether bad records are left out and counted: those with a wrong number of fields and, in a table that is not
    /// transposed, those with something else than a number in a column of `numeric`.
    public var skipsBadRecords: Bool

    /// Options, each with the default that finds things out.
    public init(
      delimiter: UInt8? = nil, hasHeader: Bool? = nil, missingMarkers: [String]? = nil, numeric: [String] = [],
      categorical: [String] = [], transpose: Bool = false, skipsBadRecords: Bool = false
    ) {
      self.delimiter = delimiter
      self.hasHeader = hasHeader
      self.missingMarkers = missingMarkers
      self.numeric = numeric
      self.categorical = categorical
      self.transpose = transpose
      self.skipsBadRecords = skipsBadRecords
    }
  }

  /// What the user says of the file.
  public let options: Options
  /// The least number of bytes that one part of the work has; the table does not depend on it.
  let pieceSize: Int

  /// A reader with the given options.
  public init(options: Options) {
    self.init(options: options, pieceSize: 1 << 20)
  }

  init(options: Options, pieceSize: Int) {
    precondition(
      options.delimiter.map { $0 != UInt8(ascii: "\"") && !RecordScanner.isLineEnd($0) } ?? true,
      "CSVReader: a quote or a line end as delimiter")
    self.options = options
    self.pieceSize = pieceSize
  }

  /// The table in the file at `path`; `-` is standard input.
  /// - Throws: `FileError` for the file as such, `CSVError` for its content, `ColumnError` for a column in the options
  ///   that it does not have.
  public func read(path: String, workers: Workers) throws -> DataFrame {
    try read(DataFile(path: path, workers: workers), workers: workers)
  }

  /// The table in `bytes`, which are those of the file called `name`.
  /// - Throws: `CSVError` for what is wrong with the content, `ColumnError` for a column in the options that it does
  ///   not have.
  public func read(bytes: [UInt8], name: String, workers: Workers) throws -> DataFrame {
    try read(DataFile(bytes, path: name), workers: workers)
  }

  /// The table in a file.
  /// - Throws: `CSVError` for what is wrong with the content, `ColumnError` for a column in the options that it does
  ///   not have.
  public func read(_ file: DataFile, workers: Workers) throws -> DataFrame {
    var text = try CSVText(file, workers: workers)
    let delimiter = self.delimiter(of: &text)
    var bad = BadRecords(delimiter: delimiter, pieceSize: pieceSize)
    if options.skipsBadRecords {
      let sample = try sample(of: text, delimiter)
      try bad.leaveOutWrongLengths(of: &text, from: sample.firstEnd, expected: sample.fieldCount, workers: workers)
    }
    var reading = try reading(of: text, delimiter, file, workers)
    while options.skipsBadRecords, !options.transpose {
      let records = reading.table.recordsWithoutNumber(markers: markers, workers: workers)
      if records.isEmpty { break }
      bad.leaveOut(records, of: &text)
      reading = try self.reading(of: text, delimiter, file, workers)
    }
    let table = reading.table
    let notes = try reading.notes + (bad.note.map { [$0] } ?? []) + ColumnNotes.notes(of: table, file: file.path)
    let layout = CSVLayout(delimiter: delimiter, hasHeader: reading.hasHeader, encoding: text.encoding)
    let source = Source(
      path: file.path, sha256: table.sha256, rows: table.rowCount, columns: table.columns.count,
      format: .csv(layout), isCompressed: file.isCompressed,
      missingCells: table.columns.reduce(0) { $0 + $1.missingCount }, skippedRecords: bad.count, notes: notes)
    return DataFrame(columns: table.columns, rowCount: table.rowCount, source: source)
  }

  /// The texts of missing cells.
  private var markers: MissingMarkers { MissingMarkers(options.missingMarkers) }

  /// A table, whether it has a header, and what was found up to its names.
  private struct Reading {
    let table: CSVTableReader.Table
    let hasHeader: Bool
    let notes: [ReadNote]
  }

  /// The table in a text, as it stands or transposed.
  private func reading(
    of text: CSVText, _ delimiter: UInt8, _ file: DataFile, _ workers: Workers
  ) throws -> Reading {
    var text = text
    var sample = try sample(of: text, delimiter)
    var hasHeader = options.hasHeader ?? sample.hasHeader
    let samplesAreNamed = options.transpose && hasHeader
    if options.transpose {
      text = try TransposedText.transposed(text, delimiter: delimiter, hasHeader: hasHeader)
      sample = try TableSample(
        text, delimiter: TransposedText.delimiter, markers: markers, mayHaveRowNames: false, commas: sample.commas)
      hasHeader = true
    }
    let (names, notes) = HeaderFinder.distinct(
      hasHeader ? sample.firstTexts : [String](repeating: "", count: sample.fieldCount))
    if sample.hasRowNames { text.notes.append(.rowNames(column: names[0])) }
    if hasHeader { text.notes += notes }
    var declarations = try declarations(names, hasHeader: hasHeader)
    if samplesAreNamed { declarations[0] = .categorical }
    let reader = CSVTableReader(
      text: text, start: hasHeader ? sample.firstEnd : text.start,
      delimiter: options.transpose ? TransposedText.delimiter : delimiter, names: names, declarations: declarations,
      looksLikeWords: sample.looksLikeWords, markers: markers, commas: sample.commas, pieceSize: pieceSize,
      workers: workers)
    return Reading(table: try reader.table(digested: file.stored), hasHeader: hasHeader, notes: text.notes)
  }

  /// The first records of a text that is not transposed yet.
  private func sample(of text: CSVText, _ delimiter: UInt8) throws -> TableSample {
    let mayHaveRowNames = !options.transpose && options.hasHeader != false
    return try TableSample(text, delimiter: delimiter, markers: markers, mayHaveRowNames: mayHaveRowNames)
  }

  /// The byte between fields, as the options say or as it is found out; records that stand in quotes as a whole are
  /// taken out of them.
  private func delimiter(of text: inout CSVText) -> UInt8 {
    let candidates = options.delimiter.map { [$0] } ?? DelimiterFinder.candidates
    if let (bytes, delimiter) = WrappedRecords.unwrapped(text, delimiters: candidates) {
      text.bytes = bytes
      text.notes.append(.unwrappedRecords)
      return delimiter
    }
    return options.delimiter
      ?? text.bytes.withUnsafeBufferPointer { DelimiterFinder.delimiter($0, from: text.start) }
  }

  /// What the options say of each column.
  private func declarations(_ names: [String], hasHeader: Bool) throws -> [Declaration] {
    var declarations = [Declaration](repeating: .none, count: names.count)
    for index in try DataFrame.indices(ofColumns: options.numeric, among: names, hasHeader: hasHeader) {
      declarations[index] = .numeric
    }
    for index in try DataFrame.indices(ofColumns: options.categorical, among: names, hasHeader: hasHeader) {
      declarations[index] = .categorical
    }
    return declarations
  }
}
