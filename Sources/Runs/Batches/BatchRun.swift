public import DataFrames
import Learning
import ModelFiles
public import Tensors

/// Which columns of a table are taken, and as what, so that parts of the table can be read one by one.
public protocol TableBinding {
  /// What a user should know of it.
  var notes: [String] { get }
  /// The columns that must be numbers, and those that are words even where all cells are numbers.
  func numericColumns(_ frame: DataFrame) -> [String]
  func categoricalColumns(_ frame: DataFrame) -> [String]
  /// A part of the table, and for each column the words that are not known and count as missing.
  mutating func table(_ frame: DataFrame) throws -> (table: LearningTable, unknown: [String: [String]])
}

extension FileBinding: TableBinding {
  /// None: the model says what it takes.
  public func categoricalColumns(_ frame: DataFrame) -> [String] { [] }
}

/// Any number of rows, in memory that does not grow with them: rows are read, answered and written batch by batch, in
/// order.
public struct BatchRun<Binding: TableBinding> {
  /// What is made of some rows.
  public enum Part {
    /// Rows that were read.
    case table(LearningTable, firstRow: Int)
    /// A row that cannot be read, and why.
    case failure(row: Int, reason: String)
  }

  /// The first row that can be read, which knows the columns and the model.
  public let first: LearningTable
  /// How the columns are taken.
  public private(set) var binding: Binding
  private let stream: RecordStream
  private let numericColumns: [String]
  private let categoricalColumns: [String]
  /// What is added to the numbers of the rows.
  private let offset: Int
  private let skipsBad: Bool
  private let workers: Workers
  private let options: RunSettings
  private var unknownColumns: Set<String> = []
  /// How many rows have been read, and how many of them could not be.
  public private(set) var rows = 0
  /// How many of those could not be read.
  public private(set) var failed = 0
  /// How many cells were missing.
  private var missingCells = 0

  /// Opens a table.
  /// - Parameters:
  ///   - data: the table.
  ///   - firstRow: the number of its first row.
  ///   - columns: names that tell a header.
  ///   - options: how the command runs.
  ///   - bind: takes the columns, from the first row that can be read.
  /// - Throws: what keeps the table from being read, or `bind` from taking its columns.
  public init(
    _ data: TableSource, firstRow: Int = 1, expecting columns: [String], _ options: RunSettings,
    bind: (DataFrame) throws -> Binding
  ) throws {
    workers = options.workers
    self.options = options
    skipsBad = data.reader.skipsBadRecords
    offset = firstRow - 1
    let stream = try RecordStream(path: data.path, options: data.reader, expecting: columns)
    self.stream = stream
    guard let batch = try stream.next() else { throw CSVError.noRows(file: data.path) }
    pending = batch
    let sound = (0..<batch.count).filter { batch.fieldCounts[$0] == stream.fieldCount }
    var found: (Binding, LearningTable, numeric: [String], categorical: [String])?
    var reason: (any Error)?
    for place in sound where found == nil {
      do {
        let frame = try stream.frame(batch, place..<place + 1, workers: .one)
        let binding = try bind(frame)
        var trial = binding
        found = (
          binding, try trial.table(frame).table, binding.numericColumns(frame), binding.categoricalColumns(frame)
        )
      } catch let error as NotNumberError {
        guard skipsBad else { throw error }
        reason = error
      }
    }
    guard let (binding, first, numeric, categorical) = found else { throw reason ?? CSVError.noRows(file: data.path) }
    (self.binding, self.first, numericColumns, categoricalColumns) = (binding, first, numeric, categorical)
    for note in stream.notes { options.note("note: \(note)") }
    options.note(
      "\(stream.path == "-" ? "standard input" : stream.path): "
        + "\(Plural.text(stream.fieldCount, "column", "columns")), \(stream.layout.summary)"
        + "\(stream.isCompressed ? ", gzip" : ""); target \"\(first.targetName)\"")
    for note in binding.notes { options.note(note) }
  }

  /// The batch that was read to open the table.
  private var pending: RecordStream.Batch?

  /// How many bytes of the file the rows so far took, about, and how many there are; nil where that is not known.
  public var progress: (done: Int, size: Int)? { stream.size.map { (stream.bytesTaken, $0) } }

  /// The SHA-256 of what has been read.
  public func sha256() -> String { stream.sha256() }

  /// The table as a whole, when its end has been reached.
  public func source() -> Source {
    Source(
      path: stream.path, sha256: stream.sha256(), rows: rows - failed, columns: stream.fieldCount,
      format: .csv(stream.layout), isCompressed: stream.isCompressed, missingCells: missingCells,
      skippedRecords: failed,
      notes: stream.notes)
  }

  /// Reads on.
  /// - Parameters:
  ///   - skipped: the rows up to this one are passed over.
  ///   - body: takes the parts in order; false ends it.
  /// - Returns: whether the end was reached.
  /// - Throws: what is wrong with a row, unless bad ones are skipped, when all before it have been handed out; and what
  ///   `body` throws.
  public mutating func forEach(behind skipped: Int, _ body: (Part, BatchRun) throws -> Bool) throws -> Bool {
    while let batch = try pending ?? stream.next() {
      pending = nil
      var place = max(0, skipped - batch.firstRow + 1)
      rows += min(place, batch.count)
      while place < batch.count {
        var end = place
        while end < batch.count, batch.fieldCounts[end] == stream.fieldCount { end += 1 }
        if end > place {
          guard try hand(batch, place..<end, body) else { return false }
        } else {
          end = place + 1
          let error = CSVError.fieldCount(
            file: stream.path, line: batch.lines[place], expected: stream.fieldCount, found: batch.fieldCounts[place])
          guard try fail(error, row: batch.firstRow + place, body) else { return false }
        }
        place = end
      }
    }
    return true
  }

  /// Hands out rows of the right length; at a cell that is no number those before it, the failure, and those behind it.
  private mutating func hand(
    _ batch: RecordStream.Batch, _ range: Range<Int>, _ body: (Part, BatchRun) throws -> Bool
  ) throws -> Bool {
    var start = range.lowerBound
    var end = range.upperBound
    while start < range.upperBound {
      do {
        let frame = try stream.frame(
          batch, start..<end, numeric: numericColumns, categorical: categoricalColumns, workers: workers)
        let (table, unknown) = try binding.table(frame)
        for (column, words) in unknown.sorted(by: { $0.key < $1.key }) where unknownColumns.insert(column).inserted {
          options.note(FileBinding.note(unknown: words, column: column))
        }
        rows += end - start
        missingCells += frame.source.missingCells
        guard try body(.table(table, firstRow: offset + batch.firstRow + start), self) else { return false }
        start = end
        end = range.upperBound
      } catch let error as CSVError {
        guard case .notANumber(_, let line, _, _) = error,
          let bad = (start..<end).last(where: { batch.lines[$0] <= line })
        else { throw error }
        if bad > start {
          end = bad
          continue
        }
        guard try fail(error, row: batch.firstRow + bad, body) else { return false }
        start = bad + 1
        end = range.upperBound
      }
    }
    return true
  }

  private mutating func fail(
    _ error: any Error & CustomStringConvertible, row: Int, _ body: (Part, BatchRun) throws -> Bool
  ) throws -> Bool {
    guard skipsBad else { throw error }
    rows += 1
    failed += 1
    return try body(.failure(row: offset + row, reason: error.description), self)
  }
}

extension BatchRun<FileBinding> {
  /// Whether the rows of a command can be read batch by batch: a model file tells all that is asked of the whole table.
  public static func isPossible(_ data: TableSource, _ model: ModelRequest, needsStatistics: Bool, workers: Workers)
    throws
    -> Bool
  {
    guard model.kind == .file, data.isStreamable else { return false }
    let metadata = try FileBinding.decode(model.argument, workers: workers).metadata
    guard let card = ModelCard(metadata: metadata) else { return false }
    let levelCounts = card.columns.map { $0.levels?.count }
    return !needsStatistics || OpenedModel.statistics(in: metadata, levelCounts: levelCounts).value != nil
  }

  /// Opens a table of which a model file takes the columns.
  /// - Throws: what keeps the table or the model from being read, or keeps them apart.
  public init(
    _ data: TableSource, _ target: TargetRequest, model path: String, firstRow: Int = 1, _ options: RunSettings
  ) throws {
    let model = try FileBinding.decode(path, workers: options.workers)
    let names = ModelCard(metadata: model.metadata)?.columns.map(\.name) ?? []
    try self.init(data, firstRow: firstRow, expecting: names, options) { frame in
      try FileBinding(model, path: path, frame, data: data, target: target)
    }
  }
}
