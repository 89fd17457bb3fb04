import Testing

@testable import DataFrames

@Suite struct HeaderFinderTests {
  @Test func aHeaderIsTextAboveNumbers() throws {
    let cases: [(String, Bool)] = [
      ("a,b\n1,x\n", true), ("1,x\n2,y\n", false), ("a,b\nx,y\n", true), ("1.0,?,0\n2.0,3.0,1\n", false),
      ("id,007\n1,008\n", true), ("?,1\n2,3\n", false), ("x,2001\ny,2002\n", false),
      (",0,1,2\n0,.5,.3,.1\n", true), (",1,2\n1,.5,.3\n", true), (",1,3\n1,.5,.3\n", false),
      ("n,\"1,000\"\n2,\"2,000\"\n", true),
    ]
    for (text, hasHeader) in cases {
      #expect(try frame(text).source.csv?.hasHeader == hasHeader, "\(text)")
    }
  }

  @Test func theUserKnowsBetter() throws {
    #expect(try frame("a,b\nx,y\n", .init(hasHeader: false)).rowCount == 2)
    let table = try frame("1,2\n3,4\n", .init(hasHeader: true))
    #expect(table.columns.map(\.name) == ["1", "2"])
    #expect(table.rowCount == 1)
  }

  @Test func columnsWithoutHeaderAreNumbered() throws {
    let table = try frame("63.0,?,0\n67.0,3.0,2\n")
    #expect(table.columns.map(\.name) == ["column_1", "column_2", "column_3"])
    #expect(table.source.notes.isEmpty)
  }

  @Test func namesAreMadeDifferent() {
    let (names, notes) = HeaderFinder.distinct(["a", "a", "a_2", "", "a", "column_4", ""])
    #expect(names == ["a", "a_3", "a_2", "column_4_2", "a_4", "column_4", "column_7"])
    #expect(
      notes == [
        .unnamed(columns: ["column_4_2", "column_7"]),
        .renamed(columns: [.init(from: "a", to: "a_3"), .init(from: "a", to: "a_4")]),
      ])
  }
}
