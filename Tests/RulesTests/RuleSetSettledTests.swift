import Rules
import Tensors
import Testing

@Suite struct RuleSetSettledTests {
  @Test func noRowChangesItsSide() {
    for seed in 0..<30 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 6, columns: 4, semantics: .vote, planes: false)
      let rows = random.rows(set.features, count: 400)
      let settled = set.settled(rows)
      let labels = [Int](repeating: 1, count: 400)
      let before = set.counted(rows, labels: labels, workers: .one).rules.map(\.support)
      let after = settled.counted(rows, labels: labels, workers: .one).rules.map(\.support)
      #expect(before == after, "seed \(seed)")
      #expect(settled.classes(rows) == set.classes(rows), "seed \(seed)")
    }
  }
}
