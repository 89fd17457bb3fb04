import Testing

@testable import DataFrames

@Suite struct DelimiterFinderTests {
  @Test func findsTheByteThatPartsAllRecordsAlike() throws {
    let cases: [(String, Character)] = [
      ("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("a|b\n1|2\n", "|"), ("a\n1\n", ","),
      // Delimiters inside quotes do not count.
      ("a,b\n\"1;2;3\",4\n\"5;6;7\",8\n", ","), ("\"x,y,z\";b\n\"1,2,3\";4\n", ";"),
      // Decimal commas are as regular as the semicolons, or more so.
      ("1,5;2,5\n3,5;4,5\n", ";"), ("1,5;2,5;3,5\n3,5;4,5;5,5\n", ";"),
      // One bad record does not change the delimiter, but is an error later.
      ("a;b;c\n1;2;3\n4;5\n6;7;8\n", ";"), ("a,b\n1,2\n3\n", ","),
      // A header with more commas than semicolons.
      ("Name (first, last, other);Age\nSmith;23\nJones;24\n", ";"),
      ("text\nhello, world\nbye\n", ";"), ("a b\n1 2\n", ","),
    ]
    for (text, delimiter) in cases {
      let found = scanning(text) { DelimiterFinder.delimiter($0.text, from: 0) }
      #expect(found == delimiter.asciiValue, "\(text)")
    }
  }

  @Test func aTitleAboveTheTableIsAnErrorAndNotAColumn() {
    let rows = (0..<20).map { "\($0),2,3\n" }.joined()
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 2, expected: 1, found: 3)) {
      try frame("My measurements\n" + rows)
    }
  }

  @Test func theUserMayChooseAnyByte() throws {
    let table = try frame("a:b\n1:2\n", .init(delimiter: UInt8(ascii: ":")))
    #expect(table.cells("b") == ["2.0"])
  }

  @Test func emptyFieldsBetweenTabsAreKept() throws {
    let table = try frame("a\tb\tc\n1\t\t3\n\t\t4\n")
    #expect(table.cells("a") == ["1.0", "-"])
    #expect(table.cells("b") == ["-", "-"])
    #expect(table.cells("c") == ["3.0", "4.0"])
  }
}
