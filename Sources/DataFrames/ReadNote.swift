/// Something a user should know of how a file was read: a fact each, said in one sentence.
public enum ReadNote: Sendable, Equatable, CustomStringConvertible {
  /// The bytes are not UTF-8, first on `line`, and were read as Windows-1252.
  case notUTF8(line: Int)
  /// So many lines at the top begin with `#` and were skipped.
  case skippedComments(count: Int)
  /// Every record is one quoted field that holds the real record, which was read instead.
  case unwrappedRecords
  /// So many bad records were left out, the first of them on `lines`.
  case leftOutRecords(count: Int, lines: [Int])
  /// The header has one name less than the records have fields: the first column, of row names, got a name.
  case rowNames(column: String)
  /// The records became columns.
  case transposed
  /// Names that stand in the header more than once, with what the later ones are called instead.
  case renamed(columns: [Renaming])
  /// Columns without a name in the header, as they are called instead.
  case unnamed(columns: [String])
  /// Columns of whole numbers with leading zeros, such as 007, kept as words.
  case leadingZeros(columns: [String])
  /// Columns with digits in groups of three, such as 265,000, read as numbers.
  case digitGroups(columns: [String])
  /// Columns with decimal commas, such as 1,5, read as numbers.
  case decimalCommas(columns: [String])
  /// Columns of two-letter codes in which NA is a code and not a missing cell.
  case codeNA(columns: [String])
  /// A column of numbers in which `count` cells hold no number and were taken as missing: `token` is the most frequent
  /// such text, found `tokenCount` times, first on `line`.
  case oddTokens(column: String, count: Int, token: String, tokenCount: Int, line: Int)

  /// A name that stands in the header more than once, and what the later one is called.
  public struct Renaming: Sendable, Equatable {
    /// The name in the file.
    public let from: String
    /// The name in the table.
    public let to: String

    /// A name in the file and the one in the table.
    public init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// The fact as one sentence, without a full stop.
  public var description: String {
    switch self {
    case .notUTF8(let line):
      return "not UTF-8 on line \(line); read as Windows-1252"
    case .skippedComments(let count):
      return count == 1
        ? "skipped a line at the top that begins with #" : "skipped \(count) lines at the top that begin with #"
    case .unwrappedRecords:
      return "every record is one quoted field; read what stands inside the quotes"
    case .leftOutRecords(let count, let lines):
      let list = lines.map { "\($0)" }.joined(separator: ", ")
      return count == 1
        ? "left out a bad record, on line \(list); rows are numbered without it"
        : "left out \(count) bad records, \(count > lines.count ? "the first " : "")on lines \(list); "
          + "rows are numbered without them"
    case .rowNames(let column):
      return "the header is one name short; the first column, of row names, is called \"\(column)\""
    case .transposed:
      return "transposed: each record is a column"
    case .renamed(let columns):
      let shown = columns.prefix(5).map { "\"\($0.from)\" is called \"\($0.to)\"" }.joined(separator: ", ")
      let more = columns.count > 5 ? " and \(columns.count - 5) more" : ""
      return "names that stand in the header more than once: \(shown)\(more)"
    case .unnamed(let columns):
      return "the header has no name for \(listed(columns, most: 5))"
    case .leadingZeros(let columns):
      return "numbers with leading zeros are kept as words: \(listed(columns, most: 5))"
    case .digitGroups(let columns):
      return "commas between groups of three digits are read as part of the number: \(listed(columns, most: 5))"
    case .decimalCommas(let columns):
      return "commas are read as decimal points: \(listed(columns, most: 5))"
    case .codeNA(let columns):
      return "NA is a code like the others, not a missing cell: \(listed(columns, most: 5))"
    case .oddTokens(let column, let count, let token, let tokenCount, let line):
      let others = count - tokenCount
      let more = others > 0 ? " and \(others) other \(others == 1 ? "cell" : "cells")" : ""
      let often = tokenCount == 1 ? "once, on line \(line)" : "\(tokenCount) times, first on line \(line)"
      return
        "column \"\(column)\" is numbers, but for \"\(token)\" (\(often))\(more), "
        + "taken as missing; --na '\(token)' says so, --categorical '\(column)' keeps it"
    }
  }
}
