import DataFrames
import Rules
import Tensors
import Testing

@Suite struct RuleSetSimplifiedTests {
  @Test(arguments: RuleSet.Semantics.allCases)
  func noPredictionChanges(semantics: RuleSet.Semantics) {
    var removed = 0
    for seed in 0..<80 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 10, columns: 1 + Int(seed % 4), semantics: semantics)
      let rows = random.rows(set.features, count: 2000)
      let simple = set.simplified()
      #expect(simple.classes(rows) == set.classes(rows), "seed \(seed)")
      #expect(simple.simplified() == simple, "seed \(seed)")
      removed += set.rules.count - simple.rules.count
    }
    if semantics == .firstMatch { #expect(removed > 100) }
  }

  @Test func touchingRangesBecomeOneAndTheDefaultsOwnRulesGo() {
    let features = [Feature(name: "x", kind: .number), Feature(name: "y", kind: .number)]
    func set(_ rules: [Rule]) -> RuleSet {
      RuleSet(features: features, classNames: ["a", "b"], rules: rules, defaultClass: 0)
    }
    func range(_ lower: Double, _ upper: Double, _ column: Int = 0) -> Rule.Condition {
      .range(column: column, lower: lower, upper: upper, orMissing: false)
    }
    let simple = set([
      Rule([range(0, 1), range(0, 9), range(2, 5, 1)], then: 1, support: 3, correct: 2),
      Rule([range(1, 3), range(2, 5, 1)], then: 1, support: 4, correct: 4), Rule([range(5, 6)], then: 0),
    ]).simplified()
    #expect(simple.rules == [Rule([range(0, 3), range(2, 5, 1)], then: 1, support: 7, correct: 6)])
    let other = set([Rule([range(0, 1)], then: 1), Rule([range(0, 4, 1)], then: 0), Rule([range(1, 3)], then: 1)])
    #expect(other.simplified() == other)
  }
}
