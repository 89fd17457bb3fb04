import FoundationEssentials

/// What a model file says in its metadata beside the graph, as far as it can be read.
public enum CardEntry<Value> {
  /// The file says nothing.
  case absent
  /// The file says this.
  case read(Value)
  /// The file says something, and what it says under these keys is missing or cannot be read.
  case unreadable(keys: [String])

  /// What the file says; nil where it says nothing, or nothing that can be read.
  public var value: Value? {
    guard case .read(let value) = self else { return nil }
    return value
  }
}

extension CardEntry: Sendable where Value: Sendable {}
extension CardEntry: Equatable where Value: Equatable {}

extension CardEntry where Value: Decodable {
  /// The JSON text under a key of a file's metadata.
  public init(_ key: String, in metadata: [String: String]) {
    guard let text = metadata[key] else {
      self = .absent
      return
    }
    do {
      self = .read(try JSONDecoder().decode(Value.self, from: Data(text.utf8)))
    } catch {
      self = .unreadable(keys: [key])
    }
  }

  /// The key, if there is nothing under it that can be read.
  func unreadable(_ key: String) -> [String] {
    if case .read = self { [] } else { [key] }
  }
}
