import Testing

@testable import DataFrames

/// Small files of the kinds on which readers differ, and what is made of each.
@Suite struct AwkwardFilesTests {
  /// A file and what should come of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let outcome: Outcome

    init(_ name: String, _ text: String, _ outcome: Outcome) {
      self.init(name, Array(text.utf8), outcome)
    }

    init(_ name: String, _ bytes: [UInt8], _ outcome: Outcome) {
      self.name = name
      self.bytes = bytes
      self.outcome = outcome
    }

    var testDescription: String { name }
  }

  enum Outcome: Sendable {
    /// Columns with their cells as text (`1.0` is a number, `1` a word) and the notes.
    case table([Cells], notes: [ReadNote] = [])
    case error(CSVError)
  }

  struct Cells: Sendable, Equatable {
    let name: String
    let cells: [String]

    init(_ name: String, _ cells: String...) {
      self.name = name
      self.cells = cells
    }
  }

  private static let twoByTwo: Outcome = .table([Cells("a", "1.0", "2.0"), Cells("b", "x", "y")])

  static let cases: [Case] = [
    Case("a short row", "a,b,c\n1,2,3\n4,5\n", .error(.fieldCount(file: "t.csv", line: 3, expected: 3, found: 2))),
    Case(
      "a long row", "a,b,c\n1,2,3\n4,5,6,7\n", .error(.fieldCount(file: "t.csv", line: 3, expected: 3, found: 4))),
    Case(
      "semicolons and decimal commas", "a;b;c\n1,5;2;x\n2,5;3;y\n",
      .table(
        [Cells("a", "1.5", "2.5"), Cells("b", "2.0", "3.0"), Cells("c", "x", "y")],
        notes: [.decimalCommas(columns: ["a"])])),
    Case("tabs", "a\tb\n1\tx\n2\ty\n", twoByTwo),
    Case("bars", "a|b\n1|x\n2|y\n", twoByTwo),
    Case(
      "leading zeros", "code,n\n00123,1\n04567,2\n",
      .table(
        [Cells("code", "00123", "04567"), Cells("n", "1.0", "2.0")], notes: [.leadingZeros(columns: ["code"])])),
    Case("an open quote", "a,b\n1,2\n3,\"x\n4,5\n", .error(.unterminatedQuote(file: "t.csv", line: 3))),
    Case(
      "markers among numbers", "a,b\n1,n/a\nNA,null\n?,<NA>\n3,.\n-nan,5\n",
      .table([Cells("a", "1.0", "-", "-", "3.0", "-"), Cells("b", "-", "-", "-", "-", "5.0")])),
    Case(
      "None is a word", "a,b\n1,None\n2,none\n",
      .table([Cells("a", "1.0", "2.0"), Cells("b", "None", "none")])),
    Case(
      "the code of Namibia", "land,n\nDE,1\nNA,2\nFR,3\nGB,4\nUS,5\nZA,6\n",
      .table(
        [
          Cells("land", "DE", "NA", "FR", "GB", "US", "ZA"), Cells("n", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0"),
        ], notes: [.codeNA(columns: ["land"])])),
    Case(
      "Latin-1", Array("name,n\nJos".utf8) + [0xE9] + Array(",1\nAna,2\n".utf8),
      .table([Cells("name", "José", "Ana"), Cells("n", "1.0", "2.0")], notes: [.notUTF8(line: 2)])),
    Case(
      "UTF-16, the low byte first", [0xFF, 0xFE] + "a,b\n1,x\n2,y\n".utf8.flatMap { [$0, 0] }, twoByTwo),
    Case(
      "UTF-16, the high byte first", [0xFE, 0xFF] + "a,b\n1,x\n2,y\n".utf8.flatMap { [0, $0] }, twoByTwo),
    Case("a byte order mark", "\u{FEFF}a,b\n1,x\n2,y\n", twoByTwo),
    Case("no header", "1,x\n2,y\n", .table([Cells("column_1", "1.0", "2.0"), Cells("column_2", "x", "y")])),
    Case(
      "a comment first", "# made by hand\na,b\n1,x\n2,y\n",
      .table([Cells("a", "1.0", "2.0"), Cells("b", "x", "y")], notes: [.skippedComments(count: 1)])),
    Case("lines that end with CR", "a,b\r1,x\r2,y\r", twoByTwo),
    Case("lines that end with CR LF, the last with nothing", "a,b\r\n1,x\r\n2,y", twoByTwo),
    Case("blank lines", "a,b\n\n1,x\n  \n2,y\n\n", twoByTwo),
    Case(
      "a name twice", "a,a\n1,x\n2,y\n",
      .table(
        [Cells("a", "1.0", "2.0"), Cells("a_2", "x", "y")], notes: [.renamed(columns: [.init(from: "a", to: "a_2")])])
    ),
    Case("nothing", "", .error(.noRows(file: "t.csv"))),
    Case("nothing but a header", "a,b\n", .error(.noRows(file: "t.csv"))),
    Case(
      "numbers without end", "a,b\n1e400,1\ninf,2\n-Infinity,3\n4,1e-400\n",
      .table([Cells("a", "inf", "inf", "-inf", "4.0"), Cells("b", "1.0", "2.0", "3.0", "0.0")])),
    Case(
      "newlines, delimiters and quotes in quotes", "a,b\n1,\"x\n,\"\"y\"\"\"\n2,y\n",
      .table([Cells("a", "1.0", "2.0"), Cells("b", "x\n,\"y\"", "y")])),
    Case(
      "a header one name short", "mpg,cyl\nMazda,21,6\nDatsun,22.8,4\n",
      .table(
        [Cells("row_names", "Mazda", "Datsun"), Cells("mpg", "21.0", "22.8"), Cells("cyl", "6.0", "4.0")],
        notes: [.rowNames(column: "row_names")])),
    Case(
      "a header one name short, and a row like it", "mpg,cyl\nMazda,21,6\nDatsun,22.8,4\nFiat,3\n",
      .error(.fieldCount(file: "t.csv", line: 2, expected: 2, found: 3))),
    Case(
      "a delimiter too many in each row", "a,b\n1,2,\n3,4,\n",
      .error(.fieldCount(file: "t.csv", line: 2, expected: 2, found: 3))),
    Case(
      "rows that are one field too long, with names that are the same", "a,b\n1,2,3\n1,4,5\n",
      .error(.fieldCount(file: "t.csv", line: 2, expected: 2, found: 3))),
    Case(
      "one row, one field too long", "a,b\n1,2,3\n",
      .error(.fieldCount(file: "t.csv", line: 2, expected: 2, found: 3))),
    Case("gzip in gzip", GzipTests.bomb, .error(.nestedGzip(file: "t.csv"))),
  ]

  @Test(arguments: cases)
  func whatIsMadeOfIt(_ file: Case) throws {
    switch file.outcome {
    case .error(let error):
      #expect(throws: error) { try frame(file.bytes) }
    case .table(let columns, let notes):
      let table = try frame(file.bytes)
      #expect(table.columns.map(\.name) == columns.map(\.name))
      for column in columns { #expect(table.cells(column.name) == column.cells, "\(column.name)") }
      #expect(table.source.notes == notes)
    }
  }

  @Test func aFewOddTokensAreNamedAndTakenAsMissing() throws {
    let table = try frame("n,m\n" + (0..<40).map { "\($0 == 20 ? "<5" : "\($0)"),x\n" }.joined())
    #expect(table.isNumeric("n"))
    #expect(
      table.source.notes == [.oddTokens(column: "n", count: 1, token: "<5", tokenCount: 1, line: 22)])
  }

  @Test func wordsBelowFiveThousandNumbersAreWords() throws {
    let table = try frame("n,m\n" + (0..<6000).map { "\($0 < 5000 ? "\($0 % 3)" : "text"),\($0)\n" }.joined())
    #expect(!table.isNumeric("n") && table.cells("n")[5000] == "text" && table.cells("n")[4] == "1")
    #expect(table.source.notes.isEmpty)
  }
}
