import Testing

@testable import DataFrames

@Suite struct TransposedTextTests {
  @Test func recordsBecomeColumns() throws {
    let table = try frame(",s1,s2,s3\ng1,1,NA,3\n\"g,2\",a,\"say \"\"b\"\"\",a\n", .init(transpose: true))
    #expect(table.columns.map(\.name) == ["sample", "g1", "g,2"])
    #expect(table.cells("sample") == ["s1", "s2", "s3"])
    #expect(table.cells("g1") == ["1.0", "-", "3.0"])
    #expect(table.cells("g,2") == ["a", "say \"b\"", "a"])
    #expect(table.source.notes == [.transposed])
    #expect(table.source.rows == 3)
    #expect(table.source.columns == 3)
  }

  @Test func theCornerNamesTheSamples() throws {
    let table = try frame("patient\t1a\t2\ngene\t0.5\t1.5\n", .init(transpose: true))
    #expect(table.columns.map(\.name) == ["patient", "gene"])
    #expect(table[0] == ["1a", "2"], "samples are words")
    #expect(table.source.csv?.delimiter == UInt8(ascii: "\t"))
  }

  @Test func withoutAHeaderAllRecordsAreColumns() throws {
    let table = try frame("x,1,2\ny,3,4\n", .init(transpose: true))
    #expect(table.columns.map(\.name) == ["x", "y"])
    #expect(table.cells("x") == ["1.0", "2.0"])
  }

  @Test func linesAreThoseOfTheFile() throws {
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 4, expected: 3, found: 2)) {
      try frame("# note\n,s1,s2\ng1,1,2\ng2,3\n", .init(transpose: true))
    }
    #expect(throws: CSVError.notANumber(file: "t.csv", line: 3, column: "g2", found: "x")) {
      try frame(",s1,s2\ng1,1,2\ng2,3,x\n", .init(numeric: ["g2"], transpose: true))
    }
    let odd = (0..<30).map { $0 == 7 ? "bad" : "\($0)" }.joined(separator: ",")
    let names = (0..<30).map { "s\($0)" }.joined(separator: ",")
    let table = try frame("id,\(names)\n\ng,\(odd)\n", .init(transpose: true))
    #expect(
      table.source.notes == [
        .transposed, .oddTokens(column: "g", count: 1, token: "bad", tokenCount: 1, line: 3),
      ])
  }

  @Test func decimalCommasSurvive() throws {
    let table = try frame("id;s1;s2\ng;1,5;2,25\n", .init(transpose: true))
    #expect(table.cells("g") == ["1.5", "2.25"])
  }

  @Test func namesWithoutSamplesAreNoRows() {
    #expect(throws: CSVError.noRows(file: "t.csv")) { try frame("a\nb\n", .init(transpose: true)) }
  }
}

extension DataFrame {
  /// The cells of the column at a place, as text.
  fileprivate subscript(place: Int) -> [String] { cells(columns[place].name) }
}
