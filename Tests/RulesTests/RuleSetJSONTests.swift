import Foundation
import Rules
import Tensors
import Testing

@Suite struct RuleSetJSONTests {
  @Test func readsBackToTheSameRules() throws {
    let written = try RuleText.parse(
      """
      # xai-tab rules 1, vote
      IF "é ü" > 0.1 AND b in {"", "a,b"} or missing AND c is missing AND d is known THEN "1"   # support 4, correct 3
      IF 0.1*z - 3*a <= -1e-300 THEN x
      ELSE x
      """)
    let text = try String(decoding: JSONEncoder().encode(RuleSetJSON(written)), as: UTF8.self)
    #expect(try JSONDecoder().decode(RuleSetJSON.self, from: Data(text.utf8)).written == written)
  }

  @Test func anyRulesReadBack() throws {
    let names = [
      "x", "max HR", "a \"b\"", "IF", "or missing", "# no", "é, ü}", "", " ", "a\nb", "2", "0.1*z", "\u{0}\\",
    ]
    var generator = SeededGenerator(seed: 1, purpose: .test)
    func name() -> String { names.randomElement(using: &generator) ?? "" }
    func number() -> Double {
      [0.1, -1e-300, 3, 1.7976931348623157e308, .leastNonzeroMagnitude, -0.30000000000000004, 12345678901234568]
        .randomElement(
          using: &generator) ?? 0
    }
    func test() -> WrittenRules.Test {
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: .above(number())
      case 1: .atMost(number())
      case 2: .oneOf((0..<Int.random(in: 0..<4, using: &generator)).map { _ in name() })
      case 3: .isMissing
      default: .isKnown
      }
    }
    for _ in 0..<300 {
      let rules = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
        var conditions = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
          WrittenRules.Condition(.column(name()), test(), orMissing: Bool.random(using: &generator))
        }
        if Bool.random(using: &generator) {
          let weights = names.shuffled(using: &generator).prefix(3).map {
            WrittenRules.Weight(column: $0, weight: number())
          }
          conditions.append(WrittenRules.Condition(.sum(weights), .above(number())))
        }
        return WrittenRules.Rule(conditions: conditions, then: name(), support: 4, correct: 2.5)
      }
      let written = WrittenRules(
        semantics: Bool.random(using: &generator) ? .vote : .firstMatch, rules: rules, defaultClass: name())
      let text = try String(decoding: JSONEncoder().encode(RuleSetJSON(written)), as: UTF8.self)
      #expect(try JSONDecoder().decode(RuleSetJSON.self, from: Data(text.utf8)).written == written)
    }
  }
}
