public import Reports
public import Runs

extension FigureError: FailureConvertible {
  /// A program that is not there, or a fault.
  public var failureKind: Failure.Kind { self == .gnuplotMissing ? .programMissing : .unforeseen }
}
