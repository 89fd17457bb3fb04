import DataFrames
import FoundationEssentials
import Rules
import Tensors

/// What keeps a file of rules from being used.
enum RuleFileError: Error, Equatable, CustomStringConvertible {
  /// The text is no rule set.
  case text(path: String, RuleTextError)
  /// The JSON is no rule set.
  case json(path: String)
  /// The rules do not fit the table.
  case binding(path: String, BindingError)

  var description: String {
    switch self {
    case .text(let path, let error): "\(path): \(error)"
    case .json(let path): "\(path): the JSON holds no rules as rules --format json prints them"
    case .binding(let path, let error): "\(path): \(error)"
    }
  }
}

/// Rules from a file.
enum RuleFile {
  /// Reads rules as text or JSON, whichever it is.
  /// - Throws: `FileError` and `RuleFileError`.
  static func read(_ path: String, workers: Workers) throws -> WrittenRules {
    let text = String(decoding: try FileBytes.read(path: path, workers: workers), as: UTF8.self)
    if text.drop(while: \.isWhitespace).first == "{" {
      guard let rules = try? JSONDecoder().decode(RuleSetJSON.self, from: Data(text.utf8)), let written = rules.written
      else { throw RuleFileError.json(path: path) }
      return written
    }
    do {
      return try RuleText.parse(text)
    } catch {
      throw RuleFileError.text(path: path, error)
    }
  }
}
