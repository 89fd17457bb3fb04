import Foundation
import Images
import Testing

@Suite(.data("models/squeezenet1_1.onnx", "images/chelsea.png")) struct ImageLimeCommandTests {
  private static let arguments = [
    "image", "lime", Program.fetched("images/chelsea.png"), "--model", Program.fetched("models/squeezenet1_1.onnx"),
    "--quiet",
  ]

  @Test func segmentsAndWeightsAreGiven() throws {
    let arguments = Self.arguments
    let more = ["--segments", "grid", "--segment-count", "3", "--samples", "24"]
    let json = try Program.run(arguments + more + ["--format", "json"]).json
    #expect(json["shape"] as? [Int] == [224, 224])
    let surrogate = try #require(json["surrogate"] as? [String: Any])
    #expect((surrogate["segments"] as? [Any])?.count == 9 && (surrogate["labels"] as? [Int])?.count == 224 * 224)
    #expect(surrogate["samples"] as? Int == 24 && surrogate["stability"] is String)
    let text = try Program.run(arguments + more).output
    #expect(text.contains("9 segments, 24 samples, R2") && text.contains("±"))
  }

  @Test func mistakesAreOneLine() throws {
    let arguments = Self.arguments
    func expect(_ more: [String], _ status: Int32, _ part: String) throws {
      let result = try Program.run(arguments + more)
      #expect(result.status == status && result.errors.contains(part), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    try expect(["--segments", "quickshifd"], 64, "they are quickshift, slic, grid, or a PNG file")
    try expect(["--segments", "missing.png"], 66, "missing.png")
    try expect(["--segments", Program.data("heart.csv")], 65, "neither a PNG nor a JPEG")
    try expect(["--segments", arguments[2]], 65, "colours are too many for segments")
    try expect(["--segment-count", "4"], 64, "--segment-count goes with")
    try expect(["--segments", "grid", "--kernel-size", "2"], 64, "--kernel-size goes with")
    try expect(["--hide", "1,2"], 64, "--hide has 2 samples")
    try expect(["--hide", "300"], 64, "--hide")
  }
}
