import DataFrames
import Rules
import Testing

@Suite struct RuleTextTests {
  @Test func printsAsTheContractHasIt() throws {
    let set = RuleSet(
      features: [
        Feature(name: "thal", kind: .category(levels: ["fixed defect", "normal", "in"])),
        Feature(name: "ST by exercise", kind: .number), Feature(name: "max HR", kind: .number),
      ], classNames: ["0", "1"],
      rules: [
        Rule([.oneOf([0, 2], column: 0), .above(0.65, column: 1)], then: 1, support: 71, correct: 66),
        Rule(
          [
            .plane(
              .init(
                terms: [.init(column: 1, weight: 0.31), .init(column: 2, weight: -0.2)], bound: 1.2, isAbove: true)),
            .range(column: 2, lower: 3, upper: 2, orMissing: true),
          ], then: 0),
        Rule([], then: 1, support: 2.5, correct: 1.25),
      ], defaultClass: 0)
    let text = RuleText.print(WrittenRules(set))
    #expect(
      text == """
        # xai-tab rules 1, first match
        IF thal in {fixed defect, "in"} AND ST by exercise > 0.65 THEN 1   # support 71, correct 66
        IF 0.31*ST by exercise - 0.2*max HR > 1.2 AND max HR is missing THEN 0   # support 0, correct 0
        IF TRUE THEN 1   # support 2.5, correct 1.25
        ELSE 0

        """)
  }

  @Test func whatIsPrintedReadsBackToTheSameRules() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RandomRules(seed: seed)
      let set = random.set(
        rules: Int(seed % 7), columns: 1 + Int(seed % 10), semantics: seed % 2 == 0 ? .firstMatch : .vote)
      let text = RuleText.print(WrittenRules(set))
      let read = try RuleText.parse(text).bound(to: set.features, classNames: set.classNames)
      #expect(read == set, "seed \(seed)")
      let crlf = try RuleText.parse(text.replacing("\n", with: "\r\n"))
      if !text.contains("a\nb") { #expect(crlf == WrittenRules(set), "seed \(seed)") }
    }
  }

  @Test func readsWhatPeopleWrite() throws {
    let read = try RuleText.parse(
      """
      # xai-tab rules 1, vote
      # made by hand

      if age > 50 and
         "age" <= 1e+2 or missing then "sick"  # probably
      if -2*a + 3.5*b - c.d*1 <= -4 then 1 # support 3, correct 2 of them

      else not sick
      """.replacing("- c.d*1", with: "- 1*c.d"))
    #expect(read.rules.count == 2)
    #expect(read.rules[0].conditions.map(\.orMissing) == [false, true])
    #expect(read.rules[0].conditions[1].test == .atMost(100))
    #expect(read.rules[1].support == 3)
    #expect(
      read.rules[1].conditions[0].subject
        == .sum([.init(column: "a", weight: -2), .init(column: "b", weight: 3.5), .init(column: "c.d", weight: -1)]))
    #expect(read.defaultClass == "not sick")
  }

  @Test(arguments: [
    ("IF a > 1 THEN b\nELSE c\n", RuleTextError.noHeader),
    ("# xai-tab rules 2, vote\nELSE c", .unknownHeader("# xai-tab rules 2, vote")),
    ("# xai-tab rules 1, vote\nIF a > x THEN b\nELSE c", .unexpected(line: 2, expected: "a number", found: "\"x\"")),
    (
      "# xai-tab rules 1, vote\nIF a = 1 THEN b\nELSE c",
      .unexpected(line: 2, expected: ">, <=, in or is", found: "\"=\"")
    ),
    ("# xai-tab rules 1, vote\nIF a > 1 THEN b", .noDefault),
    ("# xai-tab rules 1, vote\nIF a > 1 AND THEN b", .unexpected(line: 2, expected: "a column", found: "\"THEN\"")),
    ("# xai-tab rules 1, vote\n\nIF \"a > 1 THEN b\nELSE c", .openQuote(line: 3)),
    (
      "# xai-tab rules 1, vote\nELSE a\nELSE b",
      .unexpected(line: 3, expected: "the end behind ELSE", found: "\"ELSE\"")
    ),
  ])
  func saysWhatIsWrongAndWhere(text: String, error: RuleTextError) {
    #expect(throws: error) { try RuleText.parse(text) }
    #expect(!error.description.isEmpty)
  }

  @Test func namesAreFoundOrTheNearestAreNamed() throws {
    let written = try RuleText.parse("# xai-tab rules 1, vote\nIF agee > 1 THEN b\nELSE c")
    let features = [Feature(name: "age", kind: .number), Feature(name: "sex", kind: .category(levels: ["m"]))]
    #expect(throws: BindingError.unknownColumn(rule: 1, name: "agee", nearest: ["age"])) {
      try written.bound(to: features, classNames: ["b", "c"])
    }
    let wrong = try RuleText.parse("# xai-tab rules 1, vote\nIF sex > 1 THEN b\nELSE c")
    #expect(throws: BindingError.wrongKind(rule: 1, column: "sex", isNumber: false)) {
      try wrong.bound(to: features, classNames: [])
    }
    let other = try RuleText.parse("# xai-tab rules 1, vote\nIF sex in {f, m} THEN b\nELSE c")
    let set = try other.bound(to: features, classNames: ["c"])
    #expect(set.classNames == ["c", "b"])
    #expect(set.features[1].kind == .category(levels: ["m", "f"]))
  }
}
