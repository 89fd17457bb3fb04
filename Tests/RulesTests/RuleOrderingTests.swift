import Testing

@testable import Rules

struct RuleOrderingTests {
  private static func candidate(_ rows: [Int], then conclusion: Int, count: Int) -> C45Rules.Candidate {
    var bits = RowBits(rowCount: count)
    bits.append(rowCount: count) { rows.contains($0) }
    return C45Rules.Candidate(
      tests: [], conclusion: conclusion, rows: bits.words, support: rows.count, correct: 0, errorShare: 0)
  }

  private static func ordering(_ chosen: [[[Int]]], _ classes: [Int]) -> RuleOrdering {
    var ofClass = RowBits(rowCount: classes.count)
    for index in chosen.indices { ofClass.append(rowCount: classes.count) { classes[$0] == index } }
    return RuleOrdering(
      chosen.enumerated().map { index, rules in rules.map { candidate($0, then: index, count: classes.count) } },
      ofClass,
      rowCount: classes.count)
  }

  @Test func theClassThatIsWrongLeastComesFirst() {
    // Class 0 takes a row of class 2; class 2 is right about two rows, class 1 about three; row 8 is left.
    let classes = [0, 0, 1, 1, 1, 2, 2, 2, 2]
    let list = Self.ordering([[[0, 1, 7]], [[2, 3], [4]], [[5, 6]]], classes)
    #expect(list.rules.map(\.conclusion) == [1, 1, 2, 0])
    #expect(list.defaultClass == 2)
    // Where all rows are covered the commonest class is the default.
    #expect(Self.ordering([[[0, 1]], [[2, 3, 4]], [[5, 6, 7]]], [0, 0, 1, 1, 1, 2, 2, 2]).defaultClass == 1)
  }

  @Test func rulesThatDoHarmGo() {
    // Rows 0 and 1 are of class 1, and a rule of class 0 would take them and row 2; the default is 1.
    let classes = [1, 1, 0, 1, 1, 1]
    var list = Self.ordering([[[0, 1, 2], [2]], []], classes)
    #expect(list.rules.count == 2 && list.defaultClass == 1)
    list.dropHarmful(classes: classes)
    #expect(list.rules.map(\.support) == [1])
  }
}
