public import DataFrames
public import Images
public import Learning
public import ModelFiles
public import Networks
public import Rules
public import Surrogates

// As what a user meets the errors of the layers below.

extension FileError: FailureConvertible {
  /// A file that is not there, or one that cannot be written.
  public var failureKind: Failure.Kind {
    if case .cannotWrite = self { .cannotWrite } else { .inputMissing }
  }
}

extension TargetError: FailureConvertible {
  /// An unknown class is a wrong call, all else bad data.
  public var failureKind: Failure.Kind {
    if case .unknownClass = self { .usage } else { .badData }
  }
}

extension ProgramError: FailureConvertible {
  /// A program that is not there, one that is named wrongly, or one that answers badly.
  public var failureKind: Failure.Kind {
    switch self {
    case .missing, .cannotStart: .programMissing
    case .badCommand: .usage
    case .timeout, .failed, .badAnswer: .badData
    }
  }
}

extension ONNXError: BadInput {
  /// The description, which does not name the file.
  public var failure: Failure { Failure("the model: \(description)", failureKind) }
}

extension SegmentFileError: BadInput {
  /// The description, with the option that names the file.
  public var failure: Failure { Failure("--segments: \(description)", failureKind) }
}

extension CSVError: BadInput {}
extension IDXError: BadInput {}
extension NotNumberError: BadInput {}
extension FitError: BadInput {}
extension RegressionError: BadInput {}
extension ShapeError: BadInput {}

extension ColumnError: WrongCall {}
extension InsideError: WrongCall {}
extension OptionError: WrongCall {}
extension SaliencyError: WrongCall {}
extension ExtractionError: WrongCall {}
