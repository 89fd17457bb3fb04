public import DataFrames
import FoundationEssentials
public import Rules
public import Tensors

/// What keeps a file of rules from being used.
public enum RuleFileError: BadInput, Equatable {
  /// The text is no rule set.
  case text(path: String, RuleTextError)
  /// The JSON is no rule set.
  case json(path: String)
  /// The rules do not fit the table.
  case binding(path: String, BindingError)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .text(let path, let error): "\(path): \(error)"
    case .json(let path): "\(path): the JSON holds no rules as rules --format json prints them"
    case .binding(let path, let error): "\(path): \(error)"
    }
  }
}

/// Rules from a file.
public struct RuleFile: Sendable {
  /// The path, or `-` for standard input.
  public let path: String
  /// The rules.
  public let written: WrittenRules
  /// The SHA-256 of the file.
  public let sha256: String

  /// Reads rules as text or JSON, whichever it is.
  /// - Throws: `FileError` and `RuleFileError`.
  public init(path: String, workers: Workers) throws {
    self.path = path
    let bytes = try FileBytes.read(path: path, workers: workers)
    sha256 = Digest.sha256(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    if text.drop(while: \.isWhitespace).first == "{" {
      guard let rules = try? JSONDecoder().decode(RuleSetJSON.self, from: Data(text.utf8)), let written = rules.written
      else { throw RuleFileError.json(path: path) }
      self.written = written
      return
    }
    do {
      written = try RuleText.parse(text)
    } catch {
      throw RuleFileError.text(path: path, error)
    }
  }

  /// The rules over the columns of a table.
  /// - Throws: `RuleFileError.binding`
  public func bound(to features: [Feature], classNames: [String]) throws -> RuleSet {
    do {
      return try written.bound(to: features, classNames: classNames)
    } catch let error as BindingError {
      throw RuleFileError.binding(path: path, error)
    }
  }
}
