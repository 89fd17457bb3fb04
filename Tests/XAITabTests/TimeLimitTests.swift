import Testing

@testable import XAITab

@Suite struct TimeLimitTests {
  @Test func whatIsNoSpanOfTimeIsRefused() throws {
    for seconds in [0, -1, 1_000_001, 1e30, .infinity, .nan] as [Double] {
      #expect(throws: (any Error).self, "\(seconds)") { try TimeLimit.check(seconds) }
    }
    for seconds in [nil, 0.5, 1e6] as [Double?] { try TimeLimit.check(seconds) }
  }

  @Test func noLimitIsNoDeadline() {
    #expect(TimeLimit.deadline(nil) == nil)
    let deadline = TimeLimit.deadline(60)
    #expect(deadline.map { $0 > .now && $0 <= .now + .seconds(60) } == true)
  }

  /// Every command that takes the option.
  @Test(arguments: [
    ["lime", "-", "--rows", "all", "--model", "m.onnx", "--format", "ndjson"], ["predict", "-", "--model", "m.onnx"],
    ["check", "a.rules", "-"], ["rules", Program.data("heart.csv"), "--method", "c45"],
    ["image", "rise", "a.png", "--model", "m.onnx"],
    ["image", "invert", "a.png", "--model", "m.onnx", "--png", "b.png"],
  ]) func anEndlessLimitIsAMistakeInOneLine(arguments: [String]) throws {
    let result = try Program.run(arguments + ["--time-limit", "1e30"])
    #expect(result.status == 64 && result.output.isEmpty && !result.wasKilled, "\(result.errors)")
    #expect(result.errors.contains("--time-limit is above 0 and at most 1000000 seconds"), "\(result.errors)")
  }
}
