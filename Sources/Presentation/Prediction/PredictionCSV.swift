import DataFrames
public import Tensors

/// The predictions for the rows of a table as CSV.
public enum PredictionCSV {
  /// The first line, for the given classes or for a number.
  public static func header(_ names: [String]?) -> String {
    CSVWriter.record(names.map { ["class"] + $0 } ?? ["value"]) + "\n"
  }

  /// The lines of some rows of answers.
  public static func lines(_ answers: Matrix, _ rows: Range<Int>, _ names: [String]?) -> String {
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
  public static func failure(_ names: [String]?) -> String {
    names.map { String(repeating: ",", count: $0.count) + "\n" } ?? "\"\"\n"
  }
}
