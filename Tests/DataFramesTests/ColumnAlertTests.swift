import Testing

@testable import DataFrames

@Suite struct ColumnAlertTests {
  @Test func aPlainTableHasNone() throws {
    #expect(try frame("a,b\n1,x\n3,y\n3,x\n").alerts().isEmpty)
  }

  @Test func eachTroubleHasItsAlert() throws {
    let table = try frame("id,same,empty,few,twin,far,id\n1,k,,,1,inf,p\n2,k,,5,2,1,p\n3,k,,,3,2,q\n")
    #expect(
      table.alerts() == [
        .reading(.renamed(columns: [.init(from: "id", to: "id_2")])), .identifier(column: "id"),
        .constant(column: "same"), .empty(column: "empty"), .mostlyMissing(column: "few", share: 2.0 / 3),
        .identifier(column: "twin"), .sameAs(column: "twin", other: "id"), .infinite(column: "far", count: 1),
      ])
  }

  @Test func nearlyAsManyWordsAsRowsAreMany() throws {
    let rows = (0..<30).map { "w\($0 / 2 * 2 + ($0 < 20 ? $0 % 2 : 0)),\($0 % 4)\n" }.joined()
    #expect(try frame("a,b\n" + rows).alerts() == [.manyCategories(column: "a", distinct: 25, rows: 30)])
  }

  @Test func alertsAreOneSentenceEach() {
    let alerts: [(ColumnAlert, String)] = [
      (.reading(.transposed), "transposed: each record is a column"),
      (.empty(column: "a"), "\"a\" has no values"),
      (.constant(column: "a"), "\"a\" has the same value everywhere"),
      (.mostlyMissing(column: "a", share: 0.667), "\"a\" is missing in 66 % of the rows"),
      (.identifier(column: "a"), "\"a\" only tells the rows apart"),
      (.manyCategories(column: "a", distinct: 25, rows: 30), "\"a\" has 25 different words in 30 rows"),
      (.infinite(column: "a", count: 1), "\"a\" is infinite in 1 row"),
      (.sameAs(column: "a", other: "b"), "\"a\" is the same as \"b\""),
    ]
    for (alert, text) in alerts { #expect(alert.description == text) }
  }
}
