import DataFrames
import Tensors

/// The predictions for the rows of a table as CSV.
enum PredictionCSV {
  /// How many rows are written at once.
  private static let block = 4096

  /// A line a row: the class and the probability of each, or the value, of answers `[rows, outputs]`.
  /// - Throws: `FileError.cannotWrite`
  static func write(_ answers: Matrix, _ names: [String]?) throws {
    try Terminal.write(header(names))
    for block in Workers.ranges(answers.rows, size: block) { try Terminal.write(lines(answers, block, names)) }
  }

  /// The first line, for the given classes or for a number.
  static func header(_ names: [String]?) -> String {
    CSVWriter.record(names.map { ["class"] + $0 } ?? ["value"]) + "\n"
  }

  /// The lines of some rows of answers.
  static func lines(_ answers: Matrix, _ rows: Range<Int>, _ names: [String]?) -> String {
    let fields = names?.map { CSVWriter.field($0) } ?? []
    return rows.reduce(into: "") { text, row in
      let own = answers.row(row)
      if names != nil {
        text += fields[own.argmax()] + ","
      }
      text += own.map { "\($0)" }.joined(separator: ",") + "\n"
    }
  }

  /// The line of a row that cannot be read: empty cells.
  static func failure(_ names: [String]?) -> String {
    names.map { String(repeating: ",", count: $0.count) + "\n" } ?? "\"\"\n"
  }
}
