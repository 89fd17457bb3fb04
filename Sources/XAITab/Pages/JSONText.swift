import DataFrames
import FoundationEssentials

/// The JSON form of results: sorted keys, all digits, `null` for what is not finite.
enum JSONText {
  /// A text, or an explicit `null`.
  struct Nullable: Encodable {
    let text: String?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(text)
    }
  }

  /// One object over several lines, or on one line for a stream of objects.
  static func text(_ document: some Encodable, onOneLine: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if !onOneLine { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

/// A number in JSON: `null` where it is not finite.
struct JSONNumber: Encodable, Equatable {
  let value: Double

  init(_ value: Double) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// What every object says of the data.
struct DataFacts: Encodable {
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
}
