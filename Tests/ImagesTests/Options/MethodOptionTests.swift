import Testing

@testable import Images

@Suite struct MethodOptionTests {
  @Test func valuesThatCannotBeAreRefused() {
    let option = MethodOption<Int>("cells", "The cells.", rule: "is from 2 to 5") { 2...5 ~= $0 }
    #expect(option.refusal(of: 1) == "--cells is from 2 to 5." && option.refusal(of: 2) == nil)
    #expect(MethodOption<String>("layer", "The layer.").refusal(of: "") == nil)
  }

  @Test func methodsEndTheHelpOfWhatTheyShare() {
    let option = MethodOption<Int>("samples", "How many ")
    #expect(option.completed(by: []).help == "How many ")
    #expect(
      option.completed(by: ["copies one takes (3)", "samples two (4)"]).help
        == "How many copies one takes (3), samples two (4).")
  }

  @Test func valuesAreFoundByTheOption() {
    let (samples, noise) = (MethodOption<Int>.samples, MethodOption<Double>("noise", "The noise."))
    var values = OptionValues()
    #expect(values[samples] == nil)
    values[samples] = 7
    values[noise] = 0.5
    #expect(values[samples] == 7 && values[noise] == 0.5 && values[MethodOption<Int>.iterations] == nil)
  }
}
