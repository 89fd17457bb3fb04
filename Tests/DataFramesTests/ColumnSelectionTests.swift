import Testing

@testable import DataFrames

@Suite struct ColumnSelectionTests {
  @Test func keepsTheFilesOrder() throws {
    let table = try frame("a,b,c,d\n1,2,3,x\n")
    #expect(try table.selecting(keep: ["d", "a", "c"], drop: ["c"]).columns.map(\.name) == ["a", "d"])
    #expect(try table.selecting(keep: nil, drop: ["b"]).columns.map(\.name) == ["a", "c", "d"])
    #expect(try table.selecting(keep: [], drop: []).columns.isEmpty)
    #expect(try table.selecting(keep: ["d"], drop: []).rowCount == 1)
  }

  @Test func unknownNamesAreErrors() throws {
    let table = try frame("age,sex\n1,x\n")
    let unknown = ColumnError.unknown(name: "agee", names: ["age", "sex"])
    #expect(throws: unknown) { try table.index(ofColumn: "agee") }
    #expect(throws: unknown) { try table.selecting(keep: ["agee"], drop: []) }
    #expect(throws: unknown) { try table.selecting(keep: nil, drop: ["agee"]) }
    #expect(throws: ColumnError.self) { try table.index(ofColumn: "1") }
    #expect(unknown.description == "no column is called \"agee\"; did you mean \"age\"?")
    #expect(
      ColumnError.unknown(name: "weight", names: ["age", "sex"]).description
        == "no column is called \"weight\"; the columns are \"age\", \"sex\"")
    let many = (1...12).map { "c\($0)" }
    #expect(ColumnError.unknown(name: "weight", names: many).description.hasSuffix("\"c10\" and 2 more"))
  }

  @Test func withoutHeaderANumberMeansAPlaceInTheFile() throws {
    let table = try frame("1,2,3\n4,5,6\n")
    #expect(try table.index(ofColumn: "2") == 1)
    #expect(try table.index(ofColumn: "column_3") == 2)
    let rest = try table.selecting(keep: nil, drop: ["1"])
    #expect(try rest.index(ofColumn: "3") == 1)
    for name in ["0", "4", "-1", "x"] { #expect(throws: ColumnError.self) { try table.index(ofColumn: name) } }
  }
}
