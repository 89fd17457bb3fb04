import Testing

@testable import DataFrames

@Suite struct WrappedRecordsTests {
  @Test func recordsAreTakenOutOfTheirQuotes() throws {
    let table = try frame("\u{FEFF}school;sex;age\r\n\"GP;\"\"F\"\";18\"\r\n\"MS;\"\"M\"\";17\"\r\n")
    #expect(table.columns.map(\.name) == ["school", "sex", "age"])
    #expect(table.cells("sex") == ["F", "M"])
    #expect(table.cells("age") == ["18.0", "17.0"])
    #expect(table.source.notes == [.unwrappedRecords])
    #expect(table.source.csv?.delimiter == UInt8(ascii: ";"))
  }

  @Test func theHeaderMayBeWrappedToo() throws {
    let table = try frame("\"a,\"\"b c\"\"\"\n\"1,2\"\n")
    #expect(table.columns.map(\.name) == ["a", "b c"])
    #expect(table.cells("b c") == ["2.0"])
  }

  @Test func linesStayWhereTheyAre() {
    #expect(throws: CSVError.notANumber(file: "t.csv", line: 5, column: "b", found: "x")) {
      try frame("# note\na,b\n\n\"1,2\"\n\"3,x\"\n", .init(numeric: ["b"]))
    }
  }

  @Test func oneColumnOfQuotedTextIsLeftAlone() throws {
    let table = try frame("place\n\"Oslo, Norway\"\n\"Bonn, Germany\"\n")
    #expect(table.cells("place") == ["Oslo, Norway", "Bonn, Germany"])
    #expect(table.source.notes.isEmpty)
  }
}
