import Foundation
import Tensors
import Testing

@testable import DataFrames

@Suite struct EmbeddedDataTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Data").path

  private static func isThere(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder)/\(name)")
  }

  /// The Palmer penguins: 344 birds, of which 2 were not measured and 11 not sexed.
  @Test(.enabled(if: isThere("penguins.csv"), "Data/penguins.csv is absent"))
  func readsThePenguins() throws {
    let table = try CSVReader(options: .init()).read(path: "\(Self.folder)/penguins.csv", workers: .one)
    #expect(table.rowCount == 344)
    #expect(
      table.columns.map(\.name) == [
        "species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex", "year",
      ])
    let summaries = table.summaries()
    #expect(summaries.map(\.missing) == [0, 0, 2, 2, 2, 2, 11, 0])
    #expect(summaries[0].levels.map(\.name) == ["Adelie", "Chinstrap", "Gentoo"])
    #expect(summaries[0].levels.map(\.count) == [152, 68, 124])
    #expect(summaries[2].range == 32.1...59.6)
    #expect(summaries[5].kind == .wholeNumber)
    #expect(table.source.notes.isEmpty)
    #expect(table.alerts().isEmpty)
  }

  /// The heart data of Cleveland: 303 patients, 13 measurements and the diagnosis in the last column.
  @Test(.enabled(if: isThere("heart.csv"), "Data/heart.csv is absent"))
  func readsTheHeartData() throws {
    let table = try CSVReader(options: .init()).read(path: "\(Self.folder)/heart.csv", workers: .one)
    #expect(table.rowCount == 303)
    #expect(table.columns.count == 14)
    #expect(table.columns.last?.name == "diameter narrowing")
    #expect(table.columns.last?.spellings.map(\.text) == ["0", "1"])
    #expect(table.isNumeric("age"))
    #expect(table.columns.allSatisfy { !$0.isIdentifier })
  }
}
