import Tensors
import Testing

@testable import DataFrames

@Suite struct CSVReaderTests {
  @Test func readsNumbersAndWords() throws {
    let table = try frame("name,age,note\nAda,36,x\nBob,41.5,\n")
    #expect(table.columns.map(\.name) == ["name", "age", "note"])
    #expect(table.rowCount == 2)
    #expect(table.cells("name") == ["Ada", "Bob"])
    #expect(table.cells("age") == ["36.0", "41.5"])
    #expect(table.cells("note") == ["x", "-"])
    #expect(table.source.missingCells == 1)
    #expect(table.source.csv?.delimiter == UInt8(ascii: ","))
    #expect(table.source.csv?.hasHeader == true)
    #expect(table.source.notes.isEmpty)
  }

  @Test func namesTheContentByItsHash() throws {
    // printf 'a\n1\n' | sha256sum
    let table = try frame("a\n1\n")
    #expect(table.source.sha256 == "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc")
  }

  @Test func quotedFieldsMayHoldDelimitersQuotesAndNewlines() throws {
    let table = try frame("a,b\n\"x, \"\"y\"\"\",1\n\"two\nlines\",\"2\"\nst\"ray\",3\n \"blank before\" ,4\n")
    #expect(table.cells("a") == ["x, \"y\"", "two\nlines", "st\"ray\"", "blank before"])
    #expect(table.cells("b") == ["1.0", "2.0", "3.0", "4.0"])
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\n\n", "\r\n \t\r\n"])
  func anyLineEndWillDo(end: String) throws {
    let table = try frame(["a,b", "1,x", "2,y"].joined(separator: end))
    #expect(table.cells("a") == ["1.0", "2.0"])
    #expect(table.cells("b") == ["x", "y"])
  }

  @Test func aTableMayHaveOneColumn() throws {
    #expect(try frame("x\n1\n2\n").cells("x") == ["1.0", "2.0"])
    #expect(try frame("x\n1\n\"\"\n2\n").cells("x") == ["1.0", "-", "2.0"])
    #expect(try frame("text\nhello, world\nbye\n").cells("text") == ["hello, world", "bye"])
  }

  @Test func zeroBytesAreTextLikeAnyOther() throws {
    #expect(try frame("a,b\n1\0,x\0\n2,y\n").cells("a") == ["1\0", "2"])
  }

  @Test func linesOfCommentsAtTheTopAreSkippedAndSaid() throws {
    let table = try frame("# made by hand\n#\n\na,b\n1,2\n")
    #expect(table.columns.map(\.name) == ["a", "b"])
    #expect(table.source.notes == [.skippedComments(count: 2)])
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 5, expected: 2, found: 1)) {
      try frame("# made by hand\n\na,b\n1,2\n3\n")
    }
  }

  @Test func recordsOfWrongLengthAreErrorsWithTheirLine() {
    let cases: [(String, Int, Int)] = [
      ("a,b\n1,2\n3\n", 3, 1), ("a,b\n1,2\n3,4,5\n", 3, 3), ("a,b\n1\n", 2, 1),
      ("a,b\n\"x\ny\",2\n\n1,2,3\n4,5\n", 5, 3), ("a,b\r\n1,2\r\n3\r\n", 3, 1), ("a,b\r1,2\r3\r", 3, 1),
    ]
    for (text, line, found) in cases {
      let error = CSVError.fieldCount(file: "t.csv", line: line, expected: 2, found: found)
      #expect(throws: error, "\(text.debugDescription)") { try frame(text) }
    }
  }

  @Test func anOpenQuoteIsAnErrorWithTheLineWhereItOpens() {
    #expect(throws: CSVError.unterminatedQuote(file: "t.csv", line: 3)) { try frame("a,b\n1,2\n3,\"x\n4,5\n") }
    #expect(throws: CSVError.unterminatedQuote(file: "t.csv", line: 1)) { try frame("a,\"b\n1,2\n") }
    // The short record comes first.
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 2, expected: 2, found: 1)) {
      try frame("a,b\n1\n3,\"x\n4,5\n")
    }
  }

  @Test(arguments: ["", "\n \r\n", "# nothing\n", "a,b\n", "\u{FEFF}"])
  func aFileWithoutRowsIsAnError(text: String) {
    #expect(throws: CSVError.noRows(file: "t.csv")) { try frame(text) }
  }

  @Test func errorsAreOneLineEach() {
    let errors: [(CSVError, String)] = [
      (
        .fieldCount(file: "data.csv", line: 5003, expected: 30, found: 31),
        "data.csv:5003: expected 30 fields, found 31"
      ),
      (.fieldCount(file: "-", line: 2, expected: 1, found: 2), "standard input:2: expected 1 field, found 2"),
      (.unterminatedQuote(file: "d.csv", line: 7), "d.csv:7: the quote that opens here is never closed"),
      (.noRows(file: "d.csv"), "d.csv: no rows"),
      (
        .notANumber(file: "d.csv", line: 4, column: "age", found: "thirty"),
        "d.csv:4, column \"age\": expected a number, found \"thirty\""
      ),
      (.corruptGzip(file: "d.gz", reason: "it ends early"), "d.gz: damaged gzip data: it ends early"),
      (.outOfMemory(file: "d.csv"), "d.csv: a field is too large for the memory"),
    ]
    for (error, text) in errors { #expect(error.description == text) }
  }

  @Test func missingMarkersAreTheBuiltInOnesOrTheUsersOwn() throws {
    let text = "a,b\nNA,None\n?,none\n-999,x\n1,n/a\n"
    #expect(try frame(text).cells("a") == ["-", "-", "-999.0", "1.0"])
    #expect(try frame(text).cells("b") == ["None", "none", "x", "-"])
    let own = try frame(text, .init(missingMarkers: ["-999", "NONE"]))
    #expect(own.cells("a") == ["NA", "?", "-", "1"])
    #expect(own.cells("b") == ["-", "-", "x", "n/a"])
  }

  @Test func anEmptyColumnIsNumbers() throws {
    let table = try frame("a,b\n1,\n2,NA\n")
    #expect(table.isNumeric("b"))
    #expect(table.cells("b") == ["-", "-"])
  }

  @Test func declaredColumnsAreWhatTheyAreDeclaredToBe() throws {
    let table = try frame("a,b\n01,10\n2,9\n2.0,9\n", .init(numeric: ["a"], categorical: ["b"]))
    #expect(table.cells("a") == ["1.0", "2.0", "2.0"])
    #expect(table["b"]?.values == .words(codes: [0, 1, 1], levels: ["10", "9"]))
    #expect(throws: CSVError.notANumber(file: "t.csv", line: 3, column: "age", found: "thirty")) {
      try frame("id,age\n1,20\n2,thirty\n3,forty\n", .init(numeric: ["age"]))
    }
    #expect(throws: ColumnError.unknown(name: "aeg", names: ["id", "age"])) {
      try frame("id,age\n1,20\n", .init(numeric: ["aeg"]))
    }
  }

  @Test func spellingsOfFewNumbersAreTheFirstOnes() throws {
    let rows = (0..<40).map { "\($0 % 2 == 0 ? "1.0" : "2")," + "\($0),\($0 % 3),\($0 < 39 ? "5" : "+7")" }
    for size in [16, 64, 1 << 20] {
      let table = try frame("a,b,c,d\n2.00,9,0,5\n" + rows.joined(separator: "\n"), pieceSize: size)
      #expect(table["a"]?.spellings == [.init(value: 1, text: "1.0"), .init(value: 2, text: "2.00")])
      #expect(table["b"]?.spellings == [])
      #expect(table["c"]?.spellings.map(\.text) == ["0", "1", "2"])
      #expect(table["d"]?.spellings == [.init(value: 5, text: "5"), .init(value: 7, text: "+7")])
    }
  }

  @Test func aHundredThousandColumnsAreNoTrouble() throws {
    let names = (0..<100_000).map { "g\($0 / 2)" }.joined(separator: ",")
    let cells = (0..<100_000).map { "\($0 % 7).5" }.joined(separator: ",")
    let table = try frame("\(names)\n\(cells)\n\(cells)\n", threads: 2)
    #expect(table.columns.count == 100_000)
    #expect(table.columns[99_999].name == "g49999_2")
    #expect(table.columns[99_999].values == .numbers([4.5, 4.5]))
  }
}
