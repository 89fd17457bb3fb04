import DataFrames
import Learning
import Rules
import Tensors
import Testing

@Suite struct DecisionGraphTests {
  @Test(arguments: RuleSet.Semantics.allCases)
  func graphDecidesAsTheRulesOnManyRandomRows(semantics: RuleSet.Semantics) throws {
    var rowsSeen = 0
    for seed in 0..<40 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(rules: 1 + Int(seed % 9), columns: 3 + Int(seed % 4), semantics: semantics)
      let rows = random.rows(set.features, count: 2500)
      let graph = try #require(DecisionGraph(set))
      #expect(Metrics.classes(graph.predict(rows, workers: .one)) == set.classes(rows), "seed \(seed)")
      rowsSeen += rows.rows
    }
    #expect(rowsSeen == 100_000)
  }

  @Test func equalPartsAreHeldOnce() throws {
    // Parity of 8 columns: a tree would have 255 tests, the graph two a column but for the first.
    let features = (0..<8).map { Feature(name: "x\($0)", kind: .number) }
    let rules = (0..<256).filter { $0.nonzeroBitCount % 2 == 1 }.map { bits in
      Rule((0..<8).map { bits >> $0 & 1 == 1 ? .above(0.5, column: $0) : .atMost(0.5, column: $0) }, then: 1)
    }
    let set = RuleSet(features: features, classNames: ["even", "odd"], rules: rules, defaultClass: 0)
    #expect(try #require(DecisionGraph(set)).nodeCount >= 15)
    #expect(try #require(DecisionGraph(set)).nodeCount <= 15 + 7)
    #expect(DecisionGraph(set, limit: 3) == nil)
  }
}
