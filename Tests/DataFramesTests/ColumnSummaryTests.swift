import Testing

@testable import DataFrames

@Suite struct ColumnSummaryTests {
  @Test func saysWhatEachColumnHolds() throws {
    let table = try frame("n,w,b,c,t,e\n1,2,TRUE,x,p,\n2.5,2,false,y,q,\nNA,-1,,x,r,\n")
    let summaries = table.summaries()
    #expect(summaries.map(\.kind) == [.number, .wholeNumber, .boolean, .category, .text, .empty])
    #expect(summaries.map(\.missing) == [1, 0, 1, 0, 0, 3])
    #expect(summaries.map(\.distinct) == [2, 2, 2, 2, 3, 0])
    #expect(summaries.map(\.range) == [1...2.5, -1...2, nil, nil, nil, nil])
    #expect(summaries[3].levels.map(\.name) == ["x", "y"])
    #expect(summaries[3].levels.map(\.count) == [2, 1])
  }

  @Test func identifiersOnlyTellRowsApart() {
    let cases: [(Column.Values, Bool)] = [
      (.numbers([3, 1, 2]), true), (.numbers([1, 2, 4]), false), (.numbers([1, 2, 2]), false),
      (.numbers([1, 2, .nan]), false), (.numbers([0.5, 1.5, 2.5]), false), (.numbers([-1, 0, 1]), true),
      (.numbers([1]), false), (.numbers([.infinity, 1]), false), (.numbers([1e300, 1e300]), false),
      (.numbers([]), false),
      (.words(codes: [1, 0], levels: ["a", "b"]), true), (.words(codes: [0, 0], levels: ["a", "b"]), false),
      (.words(codes: [0, -1], levels: ["a", "b"]), false), (.words(codes: [0], levels: ["a"]), false),
    ]
    for (values, isIdentifier) in cases {
      #expect(Column(name: "x", values: values).isIdentifier == isIdentifier, "\(values)")
    }
  }
}
