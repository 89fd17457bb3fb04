import DataFrames
import Learning
import Rules
import Tensors
import Testing

@Suite struct RuleSetTests {
  let features = [Feature(name: "x", kind: .number), Feature(name: "c", kind: .category(levels: ["a", "b", "d"]))]
  let rows = Matrix(rows: 5, columns: 2, elements: [1, 0, 2, 1, 3, 2, .nan, 0, 2.5, .nan])

  @Test func firstRuleThatFiresDecides() {
    let set = RuleSet(
      features: features, classNames: ["no", "yes", "maybe"],
      rules: [
        Rule([.atMost(2, column: 0), .oneOf([1], column: 1)], then: 1), Rule([.atMost(2.5, column: 0)], then: 2),
      ],
      defaultClass: 0)
    #expect(set.classes(rows) == [2, 1, 0, 0, 2])
    #expect(set.predict(rows, workers: .one).row(1).elementsEqual([0, 1, 0]))
  }

  @Test func votesAreTheConfidencesAndTiesAreTheDefaults() {
    // Row 1: 1 has 9/10 against 0's 3/4 + 1/4 = 1. Row 2: 3/4 each for 0 and 2, and 0 is the default.
    let set = RuleSet(
      features: features, classNames: ["no", "yes", "maybe"],
      rules: [
        Rule([.oneOf([2], column: 1)], then: 2, support: 2, correct: 2),
        Rule([.oneOf([1], column: 1)], then: 1, support: 8, correct: 8),
        Rule([.above(1.5, column: 0)], then: 0, support: 2, correct: 2),
        Rule([.range(column: 0, lower: 1.5, upper: 2, orMissing: true)], then: 0, support: 2, correct: 0),
      ], defaultClass: 0, semantics: .vote)
    #expect(set.classes(rows) == [0, 0, 0, 0, 0])
  }

  @Test func missingCellSatisfiesNothingUnlessTheConditionSaysSo() {
    let missing = Matrix(rows: 1, columns: 2, repeating: .nan)
    #expect(
      !Rule.Condition.range(column: 0, lower: -.infinity, upper: .infinity, orMissing: false).holds(missing, row: 0))
    #expect(Rule.Condition.range(column: 0, lower: 1, upper: 1, orMissing: true).holds(missing, row: 0))
    #expect(!Rule.Condition.oneOf([0, 1, 2], column: 1).holds(missing, row: 0))
    #expect(Rule.Condition.categories(column: 1, set: CategorySet(), orMissing: true).holds(missing, row: 0))
    for isAbove in [false, true] {
      let plane = Rule.Condition.Plane(terms: [.init(column: 0, weight: 1)], bound: 0, isAbove: isAbove)
      #expect(!Rule.Condition.plane(plane).holds(missing, row: 0))
    }
  }
}
