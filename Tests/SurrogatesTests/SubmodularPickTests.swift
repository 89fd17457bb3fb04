import Testing

@testable import Surrogates

@Suite struct SubmodularPickTests {
  private func term(_ column: Int, _ weight: Double, bin: Int = 0) -> LocalExplanation.Term {
    LocalExplanation.Term(column: column, condition: .isCategory(bin), weight: weight, standardError: 0)
  }

  @Test func picksTheRowThatAddsMost() {
    // |W| sums: a 0.9 + 0.8 = 1.7, b 0.5, c 0.4, d 0.3; I = 1.304, 0.707, 0.632, 0.548.
    // Row 0 covers a and b: 2.011; row 1 a and c: 1.936; row 2 d: 0.548. First 0; then row 1 adds c 0.632, row 2 d
    // 0.548.
    let rows = [[term(0, 0.9), term(1, -0.5)], [term(0, -0.8), term(2, 0.4)], [term(3, 0.3)]]
    #expect(SubmodularPick.pick(rows, count: 1) == [0])
    #expect(SubmodularPick.pick(rows, count: 2) == [0, 1])
    #expect(SubmodularPick.pick(rows, count: 9) == [0, 1, 2])
  }

  @Test func anotherBinIsAnotherSubject() {
    // The same column in two bins: the second row adds its own bin although the column is covered.
    let rows = [[term(0, 1, bin: 0)], [term(0, 0.9, bin: 1)], [term(0, 0.9, bin: 0)]]
    #expect(SubmodularPick.pick(rows, count: 2).sorted() == [1, 2])
    // Bin 0 has 1 + 0.9, so rows 0 and 2 tie for the first pick and the later one is taken, as lime does.
    #expect(SubmodularPick.pick(rows, count: 1) == [2])
  }

  @Test func greedyIsCloseToTheBest() {
    // Greedy covers at least 1 - 1/e of what the best pair covers (Nemhauser, Wolsey & Fisher, 1978).
    let rows = (0..<12).map { row in (0..<5).map { term((row * 7 + $0 * 3) % 20, Double(1 + (row * $0) % 4)) } }
    var sums: [Int: Double] = [:]
    for row in rows { for term in row { sums[term.column, default: 0] += term.weight } }
    func value(_ picked: [Int]) -> Double {
      Set(picked.flatMap { rows[$0].map(\.column) }).reduce(0) { $0 + (sums[$1] ?? 0).squareRoot() }
    }
    var best = 0.0
    for one in 0..<12 { for other in 0..<one { best = max(best, value([one, other])) } }
    #expect(value(SubmodularPick.pick(rows, count: 2)) >= (1 - 1 / 2.718_281_828) * best)
  }
}
