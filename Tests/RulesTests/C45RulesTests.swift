import DataFrames
import Learning
import Tensors
import Testing
import Trees

@testable import Rules

struct C45RulesTests {
  /// Quinlan's golf data: outlook, temperature, humidity, windy, and whether to play.
  private static let golf: Dataset = {
    let cells: [(Double, Double, Double, Double, Int)] = [
      (2, 85, 85, 0, 0), (2, 80, 90, 1, 0), (0, 83, 78, 0, 1), (1, 70, 96, 0, 1), (1, 68, 80, 0, 1), (1, 65, 70, 1, 0),
      (0, 64, 65, 1, 1), (2, 72, 95, 0, 0), (2, 69, 70, 0, 1), (1, 75, 80, 0, 1), (2, 75, 70, 1, 1), (0, 72, 90, 1, 1),
      (0, 81, 75, 0, 1), (1, 71, 80, 1, 0),
    ]
    return Dataset(
      features: [
        Feature(name: "outlook", kind: .category(levels: ["overcast", "rain", "sunny"])),
        Feature(name: "temperature", kind: .number), Feature(name: "humidity", kind: .number),
        Feature(name: "windy", kind: .category(levels: ["false", "true"])),
      ], rows: Matrix(rows: 14, columns: 4, elements: cells.flatMap { [$0.0, $0.1, $0.2, $0.3] }),
      target: .classes(cells.map(\.4), names: ["Don't Play", "Play"]))
  }()

  /// The rules that C4.5 release 8 prints for golf, with the share of right answers that it expects of each.
  @Test func givesTheGoldenRulesOfGolf() {
    let rules = C45Rules().fit(Self.golf, workers: .one)
    #expect(
      rules.rules == [
        Rule([.oneOf([0], column: 0)], then: 1, support: 4, correct: 4),
        Rule([.oneOf([1], column: 0), .oneOf([0], column: 3)], then: 1, support: 3, correct: 3),
        Rule([.oneOf([2], column: 0), .above(75, column: 2)], then: 0, support: 3, correct: 3),
        Rule([.oneOf([1], column: 0), .oneOf([1], column: 3)], then: 0, support: 2, correct: 2),
      ])
    #expect(rules.defaultClass == 1 && rules.semantics == .firstMatch)
    let expected = rules.rules.map { rule in
      1 - PessimisticErrors().expected(cases: rule.support, errors: rule.support - rule.correct) / rule.support
    }
    for (share, golden) in zip(expected, [0.707, 0.630, 0.630, 0.5]) { #expect((share - golden).magnitude < 5e-4) }
    #expect(rules.classes(Self.golf.rows) == [0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0])
  }

  /// Numbers, a category, missing cells and noise.
  private static func table(seed: UInt64, count: Int = 150) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    var cells: [Double] = []
    var codes: [Int] = []
    for _ in 0..<count {
      let row = [
        Double.random(in: 0..<1, using: &generator), Double(Int.random(in: 0..<8, using: &generator)),
        Double(Int.random(in: 0..<3, using: &generator)),
      ]
      let score = row[0] + row[1] / 8 + (row[2] == 2 ? 0.5 : 0) + Double.random(in: -0.4..<0.4, using: &generator)
      codes.append(score < 0.8 ? 0 : score < 1.4 ? 1 : 2)
      cells += row.map { Double.random(in: 0..<1, using: &generator) < 0.05 ? .nan : $0 }
    }
    return Dataset(
      features: [
        Feature(name: "x", kind: .number), Feature(name: "n", kind: .number),
        Feature(name: "c", kind: .category(levels: ["u", "v", "w"])),
      ], rows: Matrix(rows: count, columns: 3, elements: cells), target: .classes(codes, names: ["a", "b", "c"]))
  }

  private static func codes(_ data: Dataset) -> [Int] {
    if case .classes(let codes, _) = data.target { codes } else { [] }
  }

  @Test func countsAreThoseOfTheRulesAndNoRuleHarms() {
    for seed in 0..<8 as Range<UInt64> {
      let data = Self.table(seed: seed)
      let codes = Self.codes(data)
      let set = C45Rules().fit(data, workers: .one)
      #expect(set == C45Rules().fit(data, workers: Workers(count: 3)))
      #expect(!set.rules.isEmpty && Set(set.rules).count == set.rules.count)
      func wrong(_ set: RuleSet) -> Int { zip(set.classes(data.rows), codes).count { $0 != $1 } }
      for (place, rule) in set.rules.enumerated() {
        let fired = (0..<data.count).filter { rule.fires(data.rows, row: $0) }
        #expect(rule.support == Double(fired.count) && rule.support > 0)
        #expect(rule.correct == Double(fired.count { codes[$0] == rule.conclusion }))
        let share =
          PessimisticErrors().expected(cases: rule.support, errors: rule.support - rule.correct) / rule.support
        #expect(share <= 0.5)
        var without = set
        without.rules.remove(at: place)
        #expect(wrong(without) >= wrong(set), "seed \(seed), rule \(place)")
      }
      let empty = Matrix(rows: 1, columns: 3, repeating: .nan)
      #expect(set.classes(empty) == [set.defaultClass])
    }
  }

  @Test func rowsThatNoRuleCoversDecideTheDefault() {
    // A leaf alone: no rule, and the commonest class.
    let data = Dataset(
      features: [Feature(name: "x", kind: .number)], rows: Matrix(rows: 5, columns: 1, repeating: 1),
      target: .classes([1, 0, 1, 1, 0], names: ["a", "b"]))
    let set = C45Rules().fit(data, workers: .one)
    #expect(set.rules.isEmpty && set.defaultClass == 1)
  }

  @Test func aPathsTestsComeTogether() {
    let conditions = PathTest.conditions([
      .above(column: 1, value: 2), .oneOf(column: 0, codes: [1, 2]), .atMost(column: 1, value: 9),
      .above(column: 1, value: 5), .oneOf(column: 0, codes: [2]),
    ])
    #expect(
      conditions == [
        .range(column: 1, lower: 5, upper: 9, orMissing: false), .oneOf([2], column: 0),
      ])
  }
}
