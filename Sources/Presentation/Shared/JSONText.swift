import DataFrames
import FoundationEssentials
import Runs

/// The JSON form of results: sorted keys, all digits, `null` for what is not finite.
public enum JSONText {
  /// A text, or an explicit `null`.
  struct Nullable: Codable, Equatable, Sendable {
    let text: String?

    init(text: String?) { self.text = text }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      text = container.decodeNil() ? nil : try container.decode(String.self)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  /// One object over several lines, or on one line for a stream of objects.
  public static func text(_ document: some Encodable, onOneLine: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if !onOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

/// A number in JSON: `null` where it is not finite, which reads back as not a number.
public struct JSONNumber: Codable, Equatable, Sendable {
  /// The number; not a number where the JSON has `null`.
  public let value: Double

  /// A number, from JSON or for it.
  public init(_ value: Double) { self.value = value }

  /// A number, from JSON or for it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? .nan : try container.decode(Double.self)
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// What every object says of the data.
struct DataFacts: Codable, Equatable, Sendable {
  let path: String
  let rows: Int
  let columns: Int
  let sha256: String
  let target: String?

  init(_ source: Source, target: String?) {
    path = source.path
    rows = source.rows
    columns = source.columns
    sha256 = source.sha256
    self.target = target
  }

  /// The file's name without its folders.
  var name: String { Source.name(ofPath: path) }
}

/// How the data were read, for the objects that a page is made of.
struct ReadingFacts: Codable, Equatable, Sendable {
  /// The file, how it was read and what types were found, in one line.
  let summary: String
  /// What should be known of the reading.
  let notes: [String]
  /// The columns that only tell the rows apart.
  let setAside: [String]

  init(_ table: LearningTable) { self.init(table.source, setAside: table.setAside) }

  init(_ source: Source, setAside: [String] = []) {
    summary = source.summary
    notes = source.notes.map { "\($0)" }
    self.setAside = setAside
  }
}
