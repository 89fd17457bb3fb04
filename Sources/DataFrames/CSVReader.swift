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

    /// Options, each with the default that finds things out.
    public init(
      delimiter: UInt8? = nil, hasHeader: Bool? = nil, missingMarkers: [String]? = nil, numeric: [String] = [],
      categorical: [String] = [], transpose: Bool = false
    ) {
      self.delimiter = delimiter
      self.hasHeader = hasHeader
      self.missingMarkers = missingMarkers
      self.numeric = numeric
      self.categorical = categorical
      self.transpose = transpose
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
    let markers = MissingMarkers(options.missingMarkers)
    let delimiter = self.delimiter(of: &text)
    var sample = try TableSample(text, delimiter: delimiter, markers: markers)
    var hasHeader = options.hasHeader ?? sample.hasHeader
    let samplesAreNamed = options.transpose && hasHeader
    if options.transpose {
      text = try TransposedText.transposed(text, delimiter: delimiter, hasHeader: hasHeader)
      sample = try TableSample(text, delimiter: TransposedText.delimiter, markers: markers, commas: sample.commas)
      hasHeader = true
    }
    let (names, notes) = HeaderFinder.distinct(
      hasHeader ? sample.firstTexts : [String](repeating: "", count: sample.fieldCount))
    if hasHeader { text.notes += notes }
    var declarations = try declarations(names, hasHeader: hasHeader)
    if samplesAreNamed { declarations[0] = .categorical }
    let reader = CSVTableReader(
      text: text, start: hasHeader ? sample.firstEnd : text.start,
      delimiter: options.transpose ? TransposedText.delimiter : delimiter, names: names, declarations: declarations,
      looksLikeWords: sample.looksLikeWords, markers: markers, commas: sample.commas, pieceSize: pieceSize,
      workers: workers)
    let table = try reader.table(digested: file.stored)
    text.notes += try ColumnNotes.notes(of: table, file: file.path)
    let source = Source(
      path: file.path, sha256: table.sha256, rows: table.rowCount, columns: names.count,
      format: .csv(CSVLayout(delimiter: delimiter, hasHeader: hasHeader, encoding: text.encoding)),
      isCompressed: file.isCompressed, missingCells: table.columns.reduce(0) { $0 + $1.missingCount }, notes: text.notes)
    return DataFrame(columns: table.columns, rowCount: table.rowCount, source: source)
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
