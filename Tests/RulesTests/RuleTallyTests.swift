import Tensors
import Testing

@testable import Rules

@Suite struct RuleTallyTests {
  @Test(arguments: RuleSet.Semantics.allCases) func partsAddUpToTheWhole(semantics: RuleSet.Semantics) {
    for seed in 0..<20 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 9, columns: 3, semantics: semantics)
      let rows = random.rows(set.features, count: 2500)
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let count = set.classNames.count
      // A class beyond the rules' own, and rows of no known class.
      let classes = (0..<rows.rows).map { _ in Int.random(in: -1...count, using: &generator) }
      let answers = (0..<rows.rows).map { _ in Int.random(in: 0..<count, using: &generator) }
      for answers in [answers, nil] {
        let whole = RuleFigures(set, rows, answers: answers, classes: classes, workers: .one)
        var tally = RuleTally(set)
        var decisions: [Int] = []
        var start = 0
        while start < rows.rows {
          let part = Array(start..<min(rows.rows, start + Int.random(in: 1...900, using: &generator)))
          decisions += tally.add(
            rows.selectingRows(part), answers: answers.map { all in part.map { all[$0] } },
            classes: part.map { classes[$0] }, firstRow: start, workers: Workers(count: 1 + part.count % 3)
          ).map(\.decision)
          start += part.count
        }
        let figures = RuleFigures(tally)
        #expect(decisions == set.classes(rows), "seed \(seed)")
        #expect(figures.fidelity == whole.fidelity || whole.fidelity.isNaN && figures.fidelity.isNaN)
        #expect(figures.accuracy == whole.accuracy && figures.rows == whole.rows)
        #expect(figures.coverage == whole.coverage && figures.overlap == whole.overlap)
        #expect(figures.conflicts == whole.conflicts && figures.uncovered == whole.uncovered)
        #expect(figures.redundant == whole.redundant && figures.decided == whole.decided)
        #expect(figures.right == whole.right && figures.examples == whole.examples)
      }
    }
  }

  @Test func aListOfRowsEndsAndItsCountGoesOn() {
    let set = RuleSet(features: [], classNames: ["a", "b"], rules: [], defaultClass: 0)
    var tally = RuleTally(set)
    let count = RuleTally.listLimit / 2 + 1
    for part in 0..<3 {
      _ = tally.add(
        Matrix(rows: count, columns: 0), answers: nil, classes: [Int](repeating: 0, count: count),
        firstRow: part * count, workers: .one)
    }
    let figures = RuleFigures(tally)
    #expect(figures.uncoveredCount == 3 * count && figures.uncovered == Array(0..<RuleTally.listLimit))
    #expect(figures.accuracy == 1 && figures.coverage == 0)
  }
}
