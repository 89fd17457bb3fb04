import RealModule
import Tensors
import Testing

@testable import Rules

struct RuleSelectionTests {
  private static func selection(seed: UInt64, rules: Int, rows: Int) -> RuleSelection {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let own = (0..<rows).map { $0 % 3 == 0 }
    var covered = RowBits(rowCount: rows)
    for _ in 0..<rules {
      let reach = Double.random(in: 0.05..<0.4, using: &generator)
      covered.append(rowCount: rows) { Double.random(in: 0..<1, using: &generator) < (own[$0] ? reach : reach / 12) }
    }
    var ofClass = RowBits(rowCount: rows)
    ofClass.append(rowCount: rows) { own[$0] }
    return RuleSelection(
      covered: covered, ofClass: ofClass.words,
      bits: (0..<rules).map { _ in Double.random(in: 3..<12, using: &generator) }, rowCount: rows)
  }

  @Test func codesExceptionsByHand() {
    // 14 rows; 7 covered, none wrong, 2 of the others missed: log2 15, nothing, and 2 of 7 at a rate of 1/7.
    let few = Double.log2(15) + 2 * Double.log2(7) + 5 * Double.log2(7.0 / 6)
    #expect((RuleSelection.exceptions(14, covered: 7, wrong: 0, missed: 2) - few).magnitude < 1e-12)
    // 10 covered, 1 wrong, none missed: 1 of 10 at a rate of 1/20.
    let many = Double.log2(15) + Double.log2(20) + 9 * Double.log2(20.0 / 19)
    #expect((RuleSelection.exceptions(14, covered: 10, wrong: 1, missed: 0) - many).magnitude < 1e-12)
    #expect(RuleSelection.exceptions(14, covered: 0, wrong: 0, missed: 0) == Double.log2(15))
    #expect((RuleSelection.bitsOfOrder(5) - Double.log2(120)).magnitude < 1e-12)
  }

  @Test func nothingShorterIsAmongAllChoices() {
    for seed in 0..<6 as Range<UInt64> {
      let selection = Self.selection(seed: seed, rules: 8, rows: 130)
      let chosen = selection.length(selection.choose())
      for mask in 0..<256 {
        #expect(selection.length((0..<8).filter { mask >> $0 & 1 != 0 }) >= chosen - 1e-9)
      }
    }
  }

  @Test func noSingleChangeIsShorterAmongManyRules() {
    var isChoice = false
    for seed in 0..<6 as Range<UInt64> {
      let selection = Self.selection(seed: seed, rules: 30, rows: 300)
      let chosen = selection.choose()
      isChoice = isChoice || !chosen.isEmpty && chosen.count < 30
      let length = selection.length(chosen)
      for rule in 0..<30 {
        let other = chosen.contains(rule) ? chosen.filter { $0 != rule } : chosen + [rule]
        #expect(selection.length(other) >= length - 1e-9, "seed \(seed), rule \(rule)")
      }
    }
    #expect(isChoice)
  }
}
