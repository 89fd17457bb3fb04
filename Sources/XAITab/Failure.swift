import DataFrames
import Images
import Learning
import ModelFiles
import Networks
import Reports
import Rules
import Surrogates

/// An error as the user meets it: one line and an exit code.
struct Failure: Equatable {
  /// What went wrong, in one line.
  let text: String
  /// The exit code, one of BSD's `sysexits`.
  let code: Int32

  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let inputMissing: Int32 = 66
  static let programMissing: Int32 = 69
  static let internalError: Int32 = 70
  static let cannotWrite: Int32 = 73

  /// The failure that an error stands for; an error that nobody foresaw is an internal one.
  init(_ error: any Error) {
    switch error {
    case let error as FileError:
      var code = Self.inputMissing
      if case .cannotWrite = error { code = Self.cannotWrite }
      self.init(text: error.description, code: code)
    case let error as CSVError:
      self.init(text: error.description, code: Self.badData)
    case let error as IDXError:
      self.init(text: error.description, code: Self.badData)
    case let error as ColumnError:
      self.init(text: error.description, code: Self.usage)
    case let error as TargetError:
      var code = Self.badData
      if case .unknownClass = error { code = Self.usage }
      self.init(text: error.description, code: code)
    case let error as FitError:
      self.init(text: error.description, code: Self.badData)
    case let error as RegressionError:
      self.init(text: error.description, code: Self.badData)
    case let error as TableError:
      self.init(text: error.description, code: error.isUsage ? Self.usage : Self.badData)
    case let error as OpenedModelError:
      self.init(text: error.description, code: Self.badData)
    case let error as ONNXError:
      self.init(text: "the model: \(error.description)", code: Self.badData)
    case let error as PictureFailure:
      self.init(text: error.description, code: Self.badData)
    case let error as BoxError:
      self.init(text: error.description, code: Self.badData)
    case let error as SegmentFileError:
      self.init(text: "--segments: \(error.description)", code: Self.badData)
    case let error as OptionError:
      self.init(text: error.description, code: Self.usage)
    case let error as InsideError:
      self.init(text: error.description, code: Self.usage)
    case let error as SaliencyError:
      self.init(text: error.description, code: Self.usage)
    case let error as ShapeError:
      self.init(text: error.description, code: Self.badData)
    case let error as ProgramError:
      let code: Int32 =
        switch error {
        case .missing, .cannotStart: Self.programMissing
        case .badCommand: Self.usage
        case .timeout, .failed, .badAnswer: Self.badData
        }
      self.init(text: error.description, code: code)
    case let error as NotNumberError:
      self.init(text: error.description, code: Self.badData)
    case let error as UsageError:
      self.init(text: error.description, code: Self.usage)
    case let error as ExtractionError:
      self.init(text: error.description, code: Self.usage)
    case let error as SavedResultError:
      self.init(text: error.description, code: Self.badData)
    case let error as MissingData:
      self.init(text: error.description, code: Self.inputMissing)
    case let error as ReproduceCommand.Incomplete:
      self.init(text: error.description, code: Self.inputMissing)
    case let error as RuleFileError:
      self.init(text: error.description, code: Self.badData)
    case let error as FigureError:
      self.init(
        text: error.description, code: error == .gnuplotMissing ? Self.programMissing : Self.internalError)
    default:
      self.init(text: "internal error: \(error)", code: Self.internalError)
    }
  }

  private init(text: String, code: Int32) {
    self.text = text
    self.code = code
  }
}

/// A wrong call that only shows once the data are there, or that names one of several things.
enum UsageError: Error, Equatable, CustomStringConvertible {
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

  var description: String {
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
