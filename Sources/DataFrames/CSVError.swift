/// What can be wrong with the content of a CSV file. Lines count from 1 and are those of an editor: a newline
/// inside quotes counts too.
public enum CSVError: Error, Equatable, CustomStringConvertible {
  /// Nothing is in the file, or nothing but a header.
  case noRows(file: String)
  /// A record is shorter or longer than the first one; `line` is where the record starts.
  case fieldCount(file: String, line: Int, expected: Int, found: Int)
  /// A quote is never closed; `line` is where it opens.
  case unterminatedQuote(file: String, line: Int)
  /// A cell of a column that was declared numeric holds something else.
  case notANumber(file: String, line: Int, column: String, found: String)
  /// The file is gzip, but ends early or fails its own checks.
  case corruptGzip(file: String, reason: String)
  /// What the gzip file holds is gzip again.
  case nestedGzip(file: String)
  /// A field is larger than memory.
  case outOfMemory(file: String)

  /// One line that begins with file and line, as editors and compilers write places.
  public var description: String {
    switch self {
    case .noRows(let file):
      "\(Self.spoken(file)): no rows"
    case .fieldCount(let file, let line, let expected, let found):
      "\(Self.spoken(file)):\(line): expected \(expected) \(expected == 1 ? "field" : "fields"), found \(found)"
    case .unterminatedQuote(let file, let line):
      "\(Self.spoken(file)):\(line): the quote that opens here is never closed"
    case .notANumber(let file, let line, let column, let found):
      "\(Self.spoken(file)):\(line), column \"\(column)\": expected a number, found \"\(found)\""
    case .corruptGzip(let file, let reason):
      "\(Self.spoken(file)): damaged gzip data: \(reason)"
    case .nestedGzip(let file):
      "\(Self.spoken(file)): holds gzip data inside gzip data; unpack it once"
    case .outOfMemory(let file):
      "\(Self.spoken(file)): a field is too large for the memory"
    }
  }

  /// How a path is named to people: `-` is standard input.
  static func spoken(_ file: String) -> String {
    file == "-" ? "standard input" : file
  }
}
