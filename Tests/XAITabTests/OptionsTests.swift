import Learning
import Presentation
import Runs
import Testing

@testable import XAITab

/// Texts of the command line that have a form of their own.
@Suite struct OptionsTests {
  @Test func namesWithCommasStandInQuotes() {
    #expect(NameList(argument: "age,thal")?.names == ["age", "thal"])
    #expect(NameList(argument: "\"a,b\",c")?.names == ["a,b", "c"])
    #expect(NameList(argument: "\"say \"\"x\"\"\",c")?.names == ["say \"x\"", "c"])
    #expect(NameList(argument: "it's 5\" long")?.names == ["it's 5\" long"])
    #expect(NameList(argument: "\"open") == nil)
  }

  @Test func rows() throws {
    #expect(try RowList(argument: "1,5-7")?.numbers(count: 10) == [1, 5, 6, 7])
    #expect(try RowList(argument: "all")?.numbers(count: 3) == [1, 2, 3])
    for text in ["", "1,", "a", "5-3", "1-2-3", "-3", "1.5"] { #expect(RowList(argument: text) == nil, "\(text)") }
    #expect(throws: UsageError.noSuchRow(number: 11, rows: 10)) {
      try RowList(argument: "9-11")?.numbers(count: 10)
    }
    #expect(throws: UsageError.noSuchRow(number: 0, rows: 10)) { try RowList(only: 0).numbers(count: 10) }
  }

  @Test func delimiters() {
    #expect(Delimiter(argument: ";")?.byte == UInt8(ascii: ";"))
    #expect(Delimiter(argument: "tab")?.byte == 9 && Delimiter(argument: "\\t")?.byte == 9)
    for text in ["", "ab", "\"", "\n", "é"] { #expect(Delimiter(argument: text) == nil) }
  }

  @Test func widthsLimitsAndBounds() {
    #expect(Width(argument: "auto") == .auto && Width(argument: "1.5") == .number(1.5))
    for text in ["0", "-1", "inf", "nan", "x"] { #expect(Width(argument: text) == nil) }
    #expect(Limit(argument: "all")?.number == .max && Limit(argument: "3")?.number == 3)
    #expect(Limit(argument: "0") == nil)
    #expect(BoundArgument(argument: "mean")?.bound == .mean && BoundArgument(argument: "2")?.bound == .number(2))
    #expect(BoundArgument(argument: "inf") == nil)
  }

  @Test func layerSizes() {
    #expect(LayerSizes(argument: "64,32")?.sizes == [64, 32] && LayerSizes(argument: "8")?.description == "8")
    for text in ["", "0", "8,", "a", "-1", "1000000"] { #expect(LayerSizes(argument: text) == nil) }
  }

  @Test func linesStayLines() {
    #expect(OneLine.text("a\nb\tc\u{1B}[31m") == "a\\nb\\tc\\u{1b}[31m")
    #expect(OneLine.text("ünï 😀") == "ünï 😀")
  }
}
