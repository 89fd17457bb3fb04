import DataFrames
import Foundation
import Reports
import Testing

@testable import Presentation

@Suite struct ResultHeaderTests {
  private static let source = Source(
    path: "folder/ages.csv", sha256: "ab12", rows: 3, columns: 2,
    format: .csv(CSVLayout(delimiter: UInt8(ascii: ","), hasHeader: true, encoding: .utf8)), isCompressed: false,
    missingCells: 0, notes: [])

  /// A result in little.
  private struct Ages: HeadedObject, Equatable {
    let header: TableHeader
    let body: Body

    struct Body: Codable, Equatable {
      let mean: JSONNumber
      let oldest: String?
    }
  }

  private static let ages = Ages(
    header: TableHeader("xai-tab/ages/1", source, target: "age", setAside: ["id"], seed: 7),
    body: Ages.Body(mean: JSONNumber(41.5), oldest: nil))

  @Test func theKeysOfHeaderAndBodyAreBesideEachOther() throws {
    let text = try JSONText.text(Self.ages, onOneLine: true)
    let end = "\"schema\":\"xai-tab/ages/1\",\"seed\":7,\"version\":\"\(Provenance.version)\"}\n"
    #expect(
      text.hasPrefix(
        "{\"data\":{\"columns\":2,\"path\":\"folder/ages.csv\",\"rows\":3,\"sha256\":\"ab12\",\"target\":\"age\"},"
          + "\"mean\":41.5,\"reading\":{\"notes\":[],\"setAside\":[\"id\"],\"summary\":"))
    #expect(text.hasSuffix(end))
  }

  @Test func anObjectReadsBackAloneAndInsideAnother() throws {
    func again<Value: Codable>(_ value: Value) throws -> Value {
      try JSONDecoder().decode(Value.self, from: Data(JSONText.text(value).utf8))
    }
    #expect(try again(Self.ages) == Self.ages)
    #expect(try again(["a": [Self.ages, Self.ages]]) == ["a": [Self.ages, Self.ages]])
    #expect(Self.ages.mean.value == 41.5 && Self.ages.data.name == "ages.csv" && Self.ages.reading.setAside == ["id"])
  }

  @Test func whatIsMissingIsNamed() throws {
    for key in ["schema", "version", "seed", "data", "reading", "mean"] {
      var object = try #require(
        JSONSerialization.jsonObject(with: Data(JSONText.text(Self.ages).utf8)) as? [String: Any])
      object[key] = nil
      let data = try JSONSerialization.data(withJSONObject: object)
      let error = try #require(throws: DecodingError.self) { try JSONDecoder().decode(Ages.self, from: data) }
      guard case .keyNotFound(let missing, let context) = error else {
        Issue.record(error)
        continue
      }
      #expect(missing.stringValue == key && context.codingPath.isEmpty)
    }
  }

  @Test func aPageSaysHowToGetItAgain() {
    let labels = [
      "Program", "Made", "Data", "SHA-256", "Read as", "Target", "Rows", "Seed", "Command", "Set aside",
    ]
    let facts = [Fact].provenance(Self.ages.header, nil, [Fact("Rows", "3")])
    #expect(facts.map(\.label) == labels)
    #expect([Fact].provenance(Self.ages.header.header, []).map(\.label) == ["Program", "Made", "Seed", "Command"])
  }
}
