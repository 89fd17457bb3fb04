import DataFrames
import Rules
import Tensors
import Testing

@Suite struct RuleFiguresTests {
  @Test func figuresAreThoseCountedByHand() {
    let set = RuleSet(
      features: [Feature(name: "x", kind: .number)], classNames: ["a", "b"],
      rules: [
        Rule([.above(3, column: 0)], then: 1), Rule([.above(5, column: 0)], then: 1),
        Rule([.above(1, column: 0)], then: 0),
      ], defaultClass: 0)
    // Decisions: 0, 0, 0, b, b, and the default for the missing cell.
    let rows = Matrix(rows: 6, columns: 1, elements: [0, 2, 3, 4, 6, .nan])
    let figures = RuleFigures(
      set, rows, answers: [0, 1, 0, 1, 1, 0], classes: [0, 0, 1, 1, 1, -1], workers: .one)
    #expect(figures.fidelity == 5.0 / 6)
    #expect(figures.recalls == [1, 2.0 / 3])
    #expect((figures.balancedFidelity - 5.0 / 6).magnitude < 1e-12)
    #expect(figures.accuracy == 4.0 / 5)
    #expect(figures.uncovered == [0, 5])
    #expect(figures.coverage == 4.0 / 6)
    #expect(figures.overlap == 7.0 / 6)
    #expect(figures.conflicts == 2.0 / 6)
    #expect(figures.decided == [2, 0, 2])
    #expect(figures.right == [2, 0, 1])
    #expect(figures.examples == [3, nil, 1])
    #expect(figures.redundant == [1, 2])
    #expect(set.meanLength == 1)
  }

  @Test func redundantRulesCanGo() {
    for seed in 0..<30 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 8, columns: 2, semantics: seed % 2 == 0 ? .firstMatch : .vote)
      let rows = random.rows(set.features, count: 300)
      let figures = RuleFigures(
        set, rows, answers: nil, classes: [Int](repeating: 0, count: 300), workers: .one)
      for rule in set.rules.indices {
        var rest = set
        rest.rules.remove(at: rule)
        #expect((rest.classes(rows) == set.classes(rows)) == figures.redundant.contains(rule), "seed \(seed)")
      }
    }
  }
}
