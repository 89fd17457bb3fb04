import Runs

extension Failure.Kind {
  /// The exit code, one of BSD's `sysexits`.
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .badData: 65
    case .inputMissing: 66
    case .programMissing: 69
    case .unforeseen: 70
    case .cannotWrite: 73
    }
  }
}
