/// What goes wrong with a program that stands for a model.
public enum ProgramError: Error, Equatable, CustomStringConvertible {
  /// There is no such program.
  case missing(program: String)
  /// It cannot be started.
  case cannotStart(program: String, reason: String)
  /// The command line is not well formed.
  case badCommand(String)
  /// It did not answer in time.
  case timeout(program: String, seconds: Double, lastWords: String)
  /// It ended with another status than 0, or by a signal.
  case failed(program: String, status: String, lastWords: String)
  /// Its answer is not what was asked for.
  case badAnswer(program: String, reason: String, lastWords: String)

  /// The error in one sentence, with the program's own last line on its standard error.
  public var description: String {
    func said(_ words: String) -> String { words.isEmpty ? "" : "; its last words: \(words)" }
    switch self {
    case .missing(let program): return "there is no program \(program)"
    case .cannotStart(let program, let reason): return "\(program) cannot be started: \(reason)"
    case .badCommand(let line): return "not a command line: \(line)"
    case .timeout(let program, let seconds, let words):
      return "\(program) did not answer within \(seconds) seconds\(said(words))"
    case .failed(let program, let status, let words): return "\(program) \(status)\(said(words))"
    case .badAnswer(let program, let reason, let words): return "the answer of \(program): \(reason)\(said(words))"
    }
  }
}
