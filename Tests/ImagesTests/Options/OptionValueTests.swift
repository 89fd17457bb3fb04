import Testing

@testable import Images

@Suite struct OptionValueTests {
  @Test func wordsBecomeValues() {
    #expect(Int(word: "12") == 12 && Int(word: "1.5") == nil && Int.words.isEmpty)
    #expect(Double(word: "1.5") == 1.5 && Double(word: "much") == nil && (0.15).word == "0.15")
    #expect(String(word: "features.4") == "features.4")
  }

  @Test func casesAreChosenByTheirNames() {
    #expect(Occlusion.Form(word: "hide-and-seek") == .hideAndSeek && Occlusion.Form(word: "hideAndSeek") == nil)
    #expect(Occlusion.Form.words == ["window", "hide-and-seek"] && Occlusion.Form.hideAndSeek.word == "hide-and-seek")
  }

  @Test func hiddenSegmentsTakeTheirMeanOrAColour() throws {
    #expect(PictureLIME.Hidden(word: "mean") == .mean && PictureLIME.Hidden(word: "127") == .color([127]))
    #expect(PictureLIME.Hidden(word: "255,0,0")?.word == "255.0,0.0,0.0")
    for word in ["means", "256", "1,,2", "-1"] { #expect(PictureLIME.Hidden(word: word) == nil) }
    #expect(try PictureLIME.Hidden.color([1, 2, 3]).checked(channels: 3) == .color([1, 2, 3]))
    #expect(throws: OptionError("--hide has 2 samples, the model 3 channels")) {
      try PictureLIME.Hidden.color([1, 2]).checked(channels: 3)
    }
  }
}
