import DataFrames

/// A wrong call that only shows once the data are there, or that names one of several things.
public enum UsageError: Error, Equatable, CustomStringConvertible {
  /// A row that the table does not have.
  case noSuchRow(number: Int, rows: Int)
  /// A value that no row has in a column.
  case noRowWhere(column: String, value: String)
  /// A class that the target does not have.
  case unknownClass(name: String, names: [String])
  /// An output that is the input.
  case overwritesInput(path: String)
  /// A method for pictures that there is not.
  case unknownMethod(name: String, names: [String])
  /// A measure of maps that there is not.
  case unknownMeasure(name: String, names: [String])
  /// A part of the review that there is not.
  case unknownPart(name: String, names: [String])
  /// A layer that the network does not have.
  case unknownLayer(name: String, names: [String])
  /// An option that has no meaning for a number as target.
  case noClasses(option: String)
  /// An option that has no meaning beside another.
  case contradiction(String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noSuchRow(let number, let rows):
      return "there is no row \(number): the data rows are 1 to \(rows)"
    case .noRowWhere(let column, let value):
      return "no row has \(column) = \(value)"
    case .unknownClass(let name, let names):
      return "there is no class \"\(name)\"; " + Self.choices(name, names, kind: "classes")
    case .unknownMethod(let name, let names):
      return "there is no method \"\(name)\"; " + Self.choices(name, names)
    case .unknownMeasure(let name, let names):
      return "there is no measure \"\(name)\"; " + Self.choices(name, names, kind: "measures")
    case .unknownPart(let name, let names):
      return "the review has no part \"\(name)\"; " + Self.choices(name, names, kind: "parts")
    case .unknownLayer(let name, let names):
      return "the network has no layer \"\(name)\"; " + Self.choices(name, names)
    case .overwritesInput(let path):
      return "\(path) is the input and will not be overwritten"
    case .noClasses(let option):
      return "\(option) needs classes, and the target is a number"
    case .contradiction(let text):
      return text
    }
  }

  /// The nearest names, or the first ones.
  private static func choices(_ name: String, _ names: [String], kind: String = "names") -> String {
    let near = nearest(to: name, among: names)
    if !near.isEmpty { return "did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?" }
    return "the \(kind) are \(names.prefix(10).map { "\"\($0)\"" }.joined(separator: ", "))"
      + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }
}

extension UsageError: WrongCall {}
