/// What went wrong, as a user meets it: one line, and what kind of thing it is.
public struct Failure: Sendable, Equatable {
  /// What kind of thing went wrong.
  public enum Kind: Sendable, Equatable {
    /// The call is wrong: an unknown row, column, class or method, or options that exclude each other.
    case usage
    /// The data, or a model, are no good.
    case badData
    /// A file is not there.
    case inputMissing
    /// A program that is needed is not there.
    case programMissing
    /// A result cannot be written.
    case cannotWrite
    /// Nobody foresaw it: a fault of this program.
    case unforeseen
  }

  /// What went wrong, in one line.
  public let text: String
  /// What kind of thing it is.
  public let kind: Kind

  /// The failure that an error stands for; an error that does not say what it is counts as unforeseen.
  public init(_ error: any Error) {
    if let error = error as? any FailureConvertible {
      self = error.failure
    } else {
      self.init("internal error: \(error)", .unforeseen)
    }
  }

  /// A failure of a kind.
  public init(_ text: String, _ kind: Kind) {
    self.text = text
    self.kind = kind
  }
}

/// An error that says as what a user meets it.
public protocol FailureConvertible: Error, CustomStringConvertible {
  /// What kind of failure it is.
  var failureKind: Failure.Kind { get }
  /// The failure; its text is the description unless told.
  var failure: Failure { get }
}

extension FailureConvertible {
  /// The description, with the kind.
  public var failure: Failure { Failure(description, failureKind) }
}

/// An error that says that data, or a model, are no good.
public protocol BadInput: FailureConvertible {}

extension BadInput {
  /// Bad data.
  public var failureKind: Failure.Kind { .badData }
}

/// An error that says that the call is wrong.
public protocol WrongCall: FailureConvertible {}

extension WrongCall {
  /// A wrong call.
  public var failureKind: Failure.Kind { .usage }
}
