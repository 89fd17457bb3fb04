import DataFrames
import Runs

/// What the object of every result begins with: what it is and how to get it again.
struct ResultHeader: Codable, Equatable, Sendable {
  /// The name and version of the JSON form.
  let schema: String
  /// The version of xai-tab.
  let version: String
  let seed: UInt64

  init(_ schema: String, seed: UInt64) {
    self.schema = schema
    version = Provenance.version
    self.seed = seed
  }
}

/// What the object of a result about a table begins with.
struct TableHeader: HeadedObject, Equatable, Sendable {
  let header: ResultHeader
  let body: Facts

  struct Facts: Codable, Equatable, Sendable {
    let data: DataFacts
    let reading: ReadingFacts
  }

  init(header: ResultHeader, body: Facts) {
    self.header = header
    self.body = body
  }

  init(_ schema: String, _ source: Source, target: String?, setAside: [String], seed: UInt64) {
    header = ResultHeader(schema, seed: seed)
    body = Facts(data: DataFacts(source, target: target), reading: ReadingFacts(source, setAside: setAside))
  }

  init(_ schema: String, _ table: LearningTable, seed: UInt64) {
    self.init(schema, table.source, target: table.targetName, setAside: table.setAside, seed: seed)
  }
}

/// An object of JSON that has the keys of a header and those of a body beside each other.
@dynamicMemberLookup
protocol HeadedObject: Codable {
  associatedtype Header: Codable
  associatedtype Body: Codable
  var header: Header { get }
  /// The keys that are the object's own.
  var body: Body { get }
  init(header: Header, body: Body)
}

extension HeadedObject {
  /// A part of the body.
  subscript<Part>(dynamicMember part: KeyPath<Body, Part>) -> Part { body[keyPath: part] }

  /// Reads the JSON form.
  public init(from decoder: any Decoder) throws {
    self.init(header: try Header(from: decoder), body: try Body(from: decoder))
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    try body.encode(to: encoder)
  }
}

extension HeadedObject where Header == TableHeader {
  /// The table.
  var data: DataFacts { header.data }
  /// How it was read.
  var reading: ReadingFacts { header.reading }

  /// What a page warns of: a model that is no good, what is the result's own, and the reading.
  func pageAlerts(_ model: ModelFacts?, _ warnings: [String] = []) -> [String] {
    (model?.warning.map { [$0] } ?? []) + warnings.map { $0 + "." } + reading.notes
  }
}
