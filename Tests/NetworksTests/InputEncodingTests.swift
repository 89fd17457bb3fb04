import DataFrames
import Tensors
import Testing

@testable import Networks

@Suite struct InputEncodingTests {
  private let features = [
    Feature(name: "plain", kind: .number), Feature(name: "holed", kind: .number),
    Feature(name: "constant", kind: .number), Feature(name: "word", kind: .category(levels: ["a", "never", "b"])),
    Feature(name: "holed word", kind: .category(levels: ["c", "d"])), Feature(name: "empty", kind: .number),
    Feature(name: "same or missing", kind: .number), Feature(name: "one level", kind: .category(levels: ["e"])),
  ]
  private let rows = Matrix(
    rows: 2, columns: 8, elements: [1, .nan, 5, 0, .nan, .nan, 2, 0, 3, 8, 5, 2, 1, .nan, .nan, 0])

  @Test func inputsByHand() throws {
    let encoding = try InputEncoding(features, rows: rows, workers: .one)
    #expect(
      encoding.inputs == [
        InputEncoding.Input(column: 0, source: .number(Standardization(mean: 2, scale: 1))),
        InputEncoding.Input(column: 1, source: .missing),
        InputEncoding.Input(column: 3, source: .level(0)), InputEncoding.Input(column: 3, source: .level(2)),
        InputEncoding.Input(column: 4, source: .level(1)), InputEncoding.Input(column: 4, source: .missing),
        InputEncoding.Input(column: 6, source: .missing),
      ])
    #expect(encoding.places == [0..<1, 1..<2, 2..<2, 2..<4, 4..<6, 6..<6, 6..<7, 7..<7])
    #expect(encoding.encode(rows, 0..<2) == [-1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1])
    #expect(encoding.encode(rows, 1..<2) == [1, 0, 0, 1, 1, 0, 1])
  }

  /// A level that training had not has no input; a missing number is the mean; a number far outside is cut.
  @Test func cellsThatTrainingHadNot() throws {
    let encoding = try InputEncoding(features, rows: rows, workers: .one)
    let row = Matrix(rows: 1, columns: 8, elements: [.nan, 7, 9, 1, 0, 1, 2, .nan])
    #expect(encoding.encode(row, 0..<1) == [0, 0, 0, 0, 0, 0, 0])
    for (cell, expected) in [(1e308, 1e4), (-.infinity, -1e4), (102, 100)] as [(Double, Double)] {
      let row = Matrix(rows: 1, columns: 8, elements: [cell, 7, 9, 1, 0, 1, 2, .nan])
      #expect(encoding.encode(row, 0..<1)[0] == expected)
    }
  }

  @Test func infiniteCellsOfTrainingAreErrors() {
    var rows = rows
    rows[1, 1] = -.infinity
    #expect(throws: FitError.infiniteCell(column: "holed", row: 2)) {
      try InputEncoding(features, rows: rows, workers: Workers(count: 2))
    }
  }

  @Test func wideTablesDoNotDependOnThreads() throws {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let features = (0..<300).map { Feature(name: "\($0)", kind: .number) }
    let rows = Matrix(rows: 4, columns: 300, elements: (0..<1200).map { _ in generator.uniform() })
    let encodings = try (1...3).map { try InputEncoding(features, rows: rows, workers: Workers(count: $0)) }
    #expect(encodings[0].inputs.count == 300 && encodings[1] == encodings[0] && encodings[2] == encodings[0])
  }
}
