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
}
