import Foundation
import Images
import Testing

@Suite(.data("models/cifar10_cnn.onnx", "cifar10/cifar10_test_1000.bin")) struct ImageInsideCommandTests {
  private static let options = ["--mean", "0", "--std", "1", "--scale", "1"]

  /// The small network on CIFAR-10 pictures, and its pictures.
  private static let model = Program.fetched("models/cifar10_cnn.onnx")
  private static let pictures = Program.fetched("cifar10/cifar10_test_1000.bin")

  @Test func invertingWritesThePictureAndTheError() throws {
    let (model, pictures) = (Self.model, Self.pictures)
    try Program.withFolder { folder in
      let (png, html) = (folder.appending(path: "kept.png"), folder.appending(path: "kept.html"))
      let result = try Program.run(
        [
          "image", "invert", pictures, "--row", "5", "--model", model, "--iterations", "30", "--png", png.path,
          "--html",
          html.path, "--format", "json",
        ] + Self.options)
      let json = try result.json
      #expect(result.status == 0 && json["schema"] as? String == "xai-tab/image-invert/1")
      #expect(0...2 ~= json["error"] as? Double ?? -1 && (json["errors"] as? [Double])?.count == 2)
      let made = try PictureFile(bytes: Array(Data(contentsOf: png))).picture
      #expect(made.width == 32 && made.channels == 3)
      let page = try String(contentsOf: html, encoding: .utf8)
      #expect(page.contains("data:image/png;base64"))
      // The saved result has the same bytes, and gives the same page.
      let text = try #require(json["picture"] as? String)
      #expect(try Data(base64Encoded: text) == Data(contentsOf: png))
      let again = folder.appending(path: "again.html").path
      let saved = try Program.write(result.output, to: "kept.json", in: folder)
      #expect(try Program.run(["report", "--from", saved, "-o", again]).status == 0)
      let shown = try String(contentsOfFile: again, encoding: .utf8)
      #expect(ReportCommandTests.content(page) == ReportCommandTests.content(shown))
      let broken = try Program.write(
        result.output.replacingOccurrences(of: text, with: "AAAA"), to: "broken.json", in: folder)
      let failed = try Program.run(["report", "--from", broken, "-o", again])
      #expect(failed.status == 65 && failed.errors.contains("\"picture\" cannot be read"))
    }
  }

  @Test func maximizingRaisesTheClass() throws {
    let model = Self.model
    try Program.withFolder { folder in
      for form in ["plain", "fourier"] {
        let png = folder.appending(path: "\(form).png").path
        let json = try Program.run(
          [
            "image", "activation-maximization", "--model", model, "--class", "3", "--form", form, "--iterations", "30",
            "--png", png, "--format", "json", "--quiet",
          ] + Self.options
        ).json
        #expect(json["schema"] as? String == "xai-tab/image-activation/1")
        #expect(json["end"] as? Double ?? 0 > json["start"] as? Double ?? .infinity, "\(form)")
        #expect(try PictureFile(bytes: Array(Data(contentsOf: URL(filePath: png)))).picture.width == 32)
      }
    }
  }

  @Test func mistakesAreOneLine() throws {
    let (model, pictures) = (Self.model, Self.pictures)
    func expect(_ arguments: [String], _ status: Int32, _ part: String) throws {
      let result = try Program.run(["image"] + arguments + ["--quiet"])
      #expect(result.status == status && result.errors.contains(part), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
    let maximize = ["activation-maximization", "--model", model]
    try expect(["invert", pictures, "--model", model], 64, "--png FILE or --html FILE")
    try expect(["invert", pictures, "--model", model, "--layer", "none", "--png", "x.png"], 64, "no layer \"none\"")
    try expect(["invert", pictures, "--model", model, "--png", pictures], 64, "will not be overwritten")
    try expect(["invert", "missing.png", "--model", model, "--png", "x.png"], 66, "missing.png")
    try expect(maximize + ["--png", "x.png"], 64, "what is to be made large")
    try expect(maximize + ["--class", "11", "--png", "x.png"], 64, "0 to 9")
    try expect(maximize + ["--layer", "none", "--png", "x.png"], 64, "go together")
    try expect(maximize + ["--layer", "none", "--channel", "0", "--png", "x.png"], 64, "no layer \"none\"")
    try expect(
      ["activation-maximization", "--model", Program.data("heart.csv"), "--class", "1", "--png", "x.png"], 65, "model")
  }
}
