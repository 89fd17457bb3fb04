import Rules
import Testing

@testable import XAITab

@Suite struct RuleMethodTests {
  @Test func methodsAreThoseOfTheRegistry() {
    #expect(RuleMethod.allValueStrings == RuleExtractors.all.map { $0.name })
    for name in RuleMethod.allValueStrings { #expect(RuleMethod(argument: name)?.extractor.name == name) }
    #expect(RuleMethod(argument: "magic") == nil)
    #expect(RuleMethod.names.hasPrefix("c45, c45rules, ") && RuleMethod.names.hasSuffix(" or forest."))
  }

  @Test func whatTheyDoIsSaidOnceForThoseThatDoTheSame() {
    let text = RuleMethod.summaries
    #expect(text.hasPrefix("c45 and c45rules learn from the data. pedagogical asks any model"))
    #expect(text.contains("; deepred and eclaire take the hidden layers"))
    #expect(text.hasSuffix(", forest takes a forest apart."))
    for name in RuleMethod.allValueStrings { #expect(text.contains(name)) }
  }
}
