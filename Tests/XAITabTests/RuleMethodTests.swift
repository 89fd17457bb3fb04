import Rules
import Testing

@testable import XAITab

@Suite struct RuleMethodTests {
  @Test func methodsAreThoseOfTheRegistry() {
    #expect(RuleMethod.allValueStrings == RuleExtractors.all.map { $0.name })
    for name in RuleMethod.allValueStrings { #expect(RuleMethod(argument: name)?.extractor.name == name) }
    #expect(RuleMethod(argument: "magic") == nil)
    let names = RuleExtractors.all.map { $0.name }
    #expect(RuleMethod.names == names.dropLast().joined(separator: ", ") + " or \(names.last ?? "").")
  }

  @Test func whatTheyDoIsSaidOnceForThoseThatDoTheSame() {
    let text = RuleMethod.summaries
    #expect(text.contains("c45 and c45rules learn from the data"))
    #expect(text.contains("deepred and eclaire take the hidden layers"))
    #expect(text.contains("forest takes a forest apart"))
    for name in RuleMethod.allValueStrings { #expect(text.contains(name)) }
  }
}
