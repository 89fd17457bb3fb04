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

extension ONNXError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
  /// The description, which does not name the file.
  public var failure: Failure { Failure("the model: \(description)", failureKind) }
}

extension SegmentFileError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
  /// The description, with the option that names the file.
  public var failure: Failure { Failure("--segments: \(description)", failureKind) }
}

extension CSVError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension IDXError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension NotNumberError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension FitError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension RegressionError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension ShapeError: FailureConvertible {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

extension ColumnError: FailureConvertible {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}

extension OptionError: FailureConvertible {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}

extension InsideError: FailureConvertible {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}

extension SaliencyError: FailureConvertible {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}

extension ExtractionError: FailureConvertible {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}
