public import DataFrames
public import Learning
import Synchronization
public import Tensors

/// A program that stands for a model: it is given rows as CSV and answers with class probabilities or numbers as CSV.
///
/// `command`: one process a batch gets the header and the rows on its standard input, whose end ends it, and answers
/// with a header that names the classes, or `value`, and a record a row. `stream`: one process is kept; it answers the
/// header line with its own and then each line with one, which it must flush. A column `class` beside others is passed
/// over.
public struct ProgramModel: Predictor {
  /// The features, one a column of the CSV.
  public let features: [Feature]
  /// The classes' names in the order of its header; nil for a number.
  public let classNames: [String]?
  private let words: [String]
  private let timeout: Double
  private let header: String
  /// The kept process, if one is kept.
  private let kept: KeptProcess?

  /// The most rows that one process is given.
  private static let batch = 65_536

  /// A model that is asked once, to know its classes.
  /// - Parameters:
  ///   - line: the program and its arguments as a shell would have them.
  ///   - isKept: whether one process is kept.
  ///   - features: the columns.
  ///   - example: a row, `[features]`.
  ///   - timeout: the seconds that an answer may take.
  /// - Throws: `ProgramError`
  public init(_ line: String, isKept: Bool, features: [Feature], example: [Double], timeout: Double) throws {
    guard let words = ShellWords.split(line), !words.isEmpty else { throw ProgramError.badCommand(line) }
    self.words = words
    self.timeout = timeout
    self.features = features
    header = CSVWriter.record(features.map(\.name)) + "\n"
    kept = isKept ? KeptProcess() : nil
    let first = Matrix(rows: 1, columns: features.count, elements: example)
    let answer: ProgramAnswer
    if let kept {
      answer = try kept.ask(first, self.header, words: words, timeout: timeout, features: features)
    } else {
      answer = try Self.ask(first, 0..<1, header, words: words, timeout: timeout, features: features)
    }
    classNames = answer.classNames
  }

  /// One column a class, or 1.
  public var outputs: Int { classNames?.count ?? 1 }

  /// What the program answers.
  /// - Throws: `ProgramError`
  public func predict(_ rows: Matrix, workers: Workers) throws -> Matrix {
    if rows.rows == 0 { return Matrix(rows: 0, columns: outputs) }
    let parts: [ProgramAnswer]
    if let kept {
      parts = [try kept.ask(rows, header, words: words, timeout: timeout, features: features)]
    } else {
      let batches = Workers.ranges(rows.rows, size: Self.batch)
      parts = try workers.tryMap(count: batches.count) { index in
        try Self.ask(rows, batches[index], header, words: words, timeout: timeout, features: features)
      }
    }
    for part in parts where part.classNames != classNames {
      throw ProgramError.badAnswer(program: words[0], reason: "its header is another than before", lastWords: "")
    }
    return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap(\.values))
  }

  /// Asks a process of its own.
  private static func ask(
    _ rows: Matrix, _ range: Range<Int>, _ header: String, words: [String], timeout: Double, features: [Feature]
  ) throws -> ProgramAnswer {
    var process = try ChildProcess(words)
    let deadline = ChildProcess.now + timeout
    let text = range.reduce(into: header) { $0 += record(rows.row($1), features) }
    let isInTime = process.exchange(
      Array(text.utf8), closing: true, limit: (range.count + 1) * (1 << 20), deadline: deadline
    ) { _ in false }
    guard isInTime else {
      throw ProgramError.timeout(program: words[0], seconds: timeout, lastWords: process.lastWords)
    }
    if let failure = process.end(deadline: deadline) {
      throw ProgramError.failed(program: words[0], status: failure, lastWords: process.lastWords)
    }
    do {
      return try ProgramAnswer(process.received, rowCount: range.count)
    } catch let error as ProgramAnswer.Failure {
      throw ProgramError.badAnswer(program: words[0], reason: error.reason, lastWords: process.lastWords)
    }
  }

  /// A row as a CSV record with its line end; a missing cell is empty.
  static func record(_ row: ArraySlice<Double>, _ features: [Feature]) -> String {
    let fields = zip(row, features).map { cell, feature in
      if cell.isNaN { return "" }
      if case .category(let levels) = feature.kind { return Int(exactly: cell).map { levels[$0] } ?? "" }
      if let whole = Int64(exactly: cell), cell.magnitude < 1e15 { return "\(whole)" }
      return "\(cell)"
    }
    return CSVWriter.record(fields) + "\n"
  }
}

/// A process that is kept between questions; one at a time is asked.
final class KeptProcess: Sendable {
  private struct State: ~Copyable {
    var process: ChildProcess?
    var answerHeader = ""
  }

  private let state = Mutex(State())

  /// The answers for all rows; the process is started where it does not run yet.
  /// - Throws: `ProgramError`
  func ask(
    _ rows: Matrix, _ header: String, words: [String], timeout: Double, features: [Feature]
  ) throws -> ProgramAnswer {
    try state.withLock { state in
      if state.process == nil {
        state.process = try ChildProcess(words)
        state.answerHeader = try Self.line(&state.process, header, words: words, timeout: timeout)
      }
      var lines = state.answerHeader + "\n"
      for row in 0..<rows.rows {
        // A cell may hold a line end; the protocol is one line a row.
        let record = ProgramModel.record(rows.row(row), features).dropLast().map { $0.isNewline ? " " : $0 }
        lines += try Self.line(&state.process, String(record) + "\n", words: words, timeout: timeout) + "\n"
      }
      do {
        return try ProgramAnswer(Array(lines.utf8), rowCount: rows.rows)
      } catch let error as ProgramAnswer.Failure {
        throw ProgramError.badAnswer(program: words[0], reason: error.reason, lastWords: "")
      }
    }
  }

  /// One line to the process and the one that it answers.
  private static func line(
    _ process: inout ChildProcess?, _ text: String, words: [String], timeout: Double
  ) throws -> String {
    let newline = UInt8(ascii: "\n")
    let deadline = ChildProcess.now + timeout
    let isInTime =
      process?.exchange(Array(text.utf8), closing: false, limit: 1 << 24, deadline: deadline) { $0.contains(newline) }
      ?? false
    let lastWords = process?.lastWords ?? ""
    guard isInTime else {
      process = nil
      throw ProgramError.timeout(program: words[0], seconds: timeout, lastWords: lastWords)
    }
    let received = process?.received ?? []
    guard let end = received.firstIndex(of: newline) else {
      let status = process?.end(deadline: deadline)
      let words = (name: words[0], last: process?.lastWords ?? lastWords)
      process = nil
      throw ProgramError.failed(
        program: words.name, status: status ?? "ended before it answered", lastWords: words.last)
    }
    var line = process?.take(end + 1) ?? []
    line.removeLast()
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
