import Testing

@testable import DataFrames

@Suite struct ColumnVerdictTests {
  /// A column `x` of the given cells beside a column of numbers.
  private func column(_ cells: [String], _ options: CSVReader.Options = .init()) throws -> DataFrame {
    try frame("id,x\n" + cells.map { "1,\"\($0)\"\n" }.joined(), options)
  }

  @Test func leadingZerosMakeWordsAndAreSaid() throws {
    let table = try column(["007", "12", "-03"])
    #expect(table.cells("x") == ["007", "12", "-03"])
    #expect(table.source.notes == [.leadingZeros(columns: ["x"])])
    #expect(try column(["0", "0.5", "-0.25", "0e3"]).isNumeric("x"))
    #expect(try column(["007", "Bond"]).source.notes.isEmpty)
  }

  @Test func groupsOfThreeDigitsAreNumbersIfAllCommasPartThem() throws {
    let table = try column(["265,000", "1,234,567.5", "12", "-3,000"])
    #expect(table.cells("x") == ["265000.0", "1234567.5", "12.0", "-3000.0"])
    #expect(table.source.notes == [.digitGroups(columns: ["x"])])
    #expect(try column(["265,000", "1,5"]).cells("x") == ["265,000", "1,5"])
    #expect(try column(["2650,000", "1"]).isNumeric("x") == false)
  }

  @Test func decimalCommasAreReadBesideOtherDelimiters() throws {
    let table = try frame("a;b;c\n1,5;x;1,250\n-0,25;y;2\n3;z;3\n")
    #expect(table.source.csv?.delimiter == UInt8(ascii: ";"))
    #expect(table.cells("a") == ["1.5", "-0.25", "3.0"])
    #expect(table.cells("c") == ["1.25", "2.0", "3.0"])
    #expect(table.source.notes == [.decimalCommas(columns: ["a", "c"])])
    // A point beside commas leaves it open which of them parts the whole from the fraction.
    #expect(try frame("a;b\n1,5;1\n2.5;2\n").isNumeric("a") == false)
    // With tabs, a group stays a group unless the table shows decimal commas.
    #expect(try frame("a\tb\n1,500\t1\n2\t2\n").cells("a") == ["1500.0", "2.0"])
    #expect(try frame("a\tb\n1,500\t1,5\n2\t2\n").cells("a") == ["1.5", "2.0"])
  }

  @Test func fewOddTokensAmongManyNumbersAreMissingAndSaid() throws {
    var cells = (0..<95).map { "\($0).5" }
    cells.insert(contentsOf: ["n.d.", "<5", "n.d."], at: 10)
    let table = try column(cells)
    #expect(table.isNumeric("x"))
    #expect(table["x"]?.missingCount == 3)
    #expect(
      table.source.notes == [.oddTokens(column: "x", count: 3, token: "n.d.", tokenCount: 2, line: 12)])
    #expect(try column(cells + ["a", "b", "c"]).isNumeric("x") == false, "95 of 101 is less than 95 %")
    #expect(try column(["1", "x"] + (0..<17).map { "\($0)" }).isNumeric("x") == false, "18 numbers are too few")
  }

  @Test func moreOddTokensThanAreKeptAsideMakeNoDifference() throws {
    let cells = (0..<2000).map { "\($0)" } + (0..<100).map { "odd\($0)" }
    let table = try column(cells)
    #expect(table["x"]?.missingCount == 100)
    #expect(table.source.notes == [.oddTokens(column: "x", count: 100, token: "odd0", tokenCount: 1, line: 2002)])
  }

  @Test func aTextLateInTheFileMakesWordsOfTheWholeColumn() throws {
    let cells = (0..<5000).map { "\($0).50" } + (0..<1000).map { _ in "late" }
    let table = try column(cells)
    #expect(table.cells("x") == cells)
  }

  @Test func codesOfTwoLettersKeepNA() throws {
    let codes = ["DE", "NA", "FR", "GB", "US", "ZA", "NA"]
    let table = try column(codes)
    #expect(table.cells("x") == codes)
    #expect(table.source.notes == [.codeNA(columns: ["x"])])
    #expect(try column(["DE", "NA", "FR", "GB", "US"]).cells("x")[1] == "-", "four codes are too few")
    #expect(try column(codes + ["Fr"]).cells("x")[1] == "-", "not all are codes")
    #expect(try column(codes, .init(missingMarkers: [])).source.notes.isEmpty, "NA is a word like any other")
  }

  @Test func infinityIsANumberAndHexadecimalIsNot() throws {
    #expect(
      try column(["inf", "-Infinity", "1e400", "+3", " 4 ", ".5", "5."]).cells("x")
        == ["inf", "-inf", "inf", "3.0", "4.0", "0.5", "5.0"])
    for text in ["0x1F", "1_000", "1e", "--1", "+-1", "1 2", "12%", "nan(1)"] {
      #expect(try column([text, "1"]).isNumeric("x") == false, "\(text)")
    }
  }

  @Test func levelsAreSortedByTheirBytes() throws {
    let table = try column(["b", "é", "B", "a", "10", "9", "TRUE"])
    guard case .words(_, let levels)? = table["x"]?.values else { throw Failure.notWords }
    #expect(levels == ["10", "9", "B", "TRUE", "a", "b", "é"])
    #expect(try column(["caf\u{E9}", "cafe\u{301}", "tea"]).cells("x") == ["café", "café", "tea"])
  }

  private enum Failure: Error { case notWords }
}
