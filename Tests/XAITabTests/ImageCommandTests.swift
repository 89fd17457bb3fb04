import Foundation
import Images
import Testing

@Suite struct ImageCommandTests {
  /// SqueezeNet, its classes, and pictures.
  private static let data = ConditionTrait.data(
    "models/squeezenet1_1.onnx", "models/imagenet_synset_words.txt", "images/caffe_cat.jpg", "images/coffee.png",
    "images/chelsea.png")

  private static func arguments(_ method: String, _ picture: String) -> [String] {
    [
      "image", method, Program.fetched("images/\(picture)"), "--model", Program.fetched("models/squeezenet1_1.onnx"),
      "--classes", Program.fetched("models/imagenet_synset_words.txt"), "--format", "json",
    ]
  }

  /// What torchvision's resizing and onnxruntime give for the class and its probability.
  @Test(
    data,
    arguments: [
      ("caffe_cat.jpg", "tiger cat", 0.394), ("coffee.png", "espresso", 0.965), ("chelsea.png", "tiger cat", 0.391),
    ])
  func classesAreThoseOfOnnxruntime(picture: String, name: String, chance: Double) throws {
    let arguments = Self.arguments("grad-cam", picture)
    let json = try Program.run(arguments).json
    #expect(json["class"] as? String == name && json["schema"] as? String == "xai-tab/image/1")
    #expect(((json["probability"] as? Double ?? 0) - chance).magnitude < 0.001)
    #expect(json["shape"] as? [Int] == [13, 13] && (json["values"] as? [Double])?.count == 169)
    #expect((json["data"] as? [String: Any])?["rows"] as? Int ?? 0 > 200)
  }

  @Test(data) func theBytesAreTheSameForAnyThreads() throws {
    let arguments = Self.arguments("contrastive-excitation-backprop", "coffee.png")
    let outputs = try ["1", "2", "3"].map { try Program.run(arguments + ["--threads", $0]).output }
    #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2] && outputs[0].contains("\"values\""))
  }

  @Test(data) func filesAreWritten() throws {
    let arguments = Self.arguments("grad-cam", "coffee.png")
    try Program.withFolder { folder in
      let names = ["png", "heat", "npy", "html"]
      let paths = names.map { folder.appending(path: "map.\($0)").path }
      let result = try Program.run(arguments + zip(names, paths).flatMap { ["--\($0)", $1] })
      #expect(result.status == 0)
      let contents = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
      #expect(contents[0].starts(with: [0x89, 0x50]) && contents[1].starts(with: [0x89, 0x50]))
      // 13 x 13 numbers behind a header of 128 bytes.
      #expect(contents[2].count == 128 + 4 * 169)
      #expect(String(decoding: contents[3], as: UTF8.self).contains("data:image/png;base64,iVBOR"))
    }
  }

  @Test(data) func mistakesAreOneLine() throws {
    let arguments = Self.arguments("grad-cam", "coffee.png")
    func expect(_ arguments: [String], _ status: Int32, _ part: String) throws {
      let result = try Program.run(arguments + ["--quiet"])
      #expect(result.status == status && result.errors.contains(part), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1 && result.output.isEmpty)
    }
    try expect(["image", "grad-camm"] + arguments.dropFirst(2), 64, "did you mean \"grad-cam\"")
    try expect(arguments + ["--class", "expresso"], 64, "\"espresso\"")
    try expect(arguments + ["--class", "1000"], 64, "the classes are 0 to 999")
    try expect(arguments + ["--layer", "features.13"], 64, "the network has no layer \"features.13\"")
    try expect(
      ["image", "grad-cam", Program.data("heart.csv")] + arguments.dropFirst(3), 65, "neither a PNG nor a JPEG")
    try expect(
      Array(arguments[..<3]) + ["--model", Program.data("heart.csv")], 65, "heart.csv: ")
    try expect(["image", "grad-cam", "missing.png"] + arguments.dropFirst(3), 66, "missing.png")
    try expect(["image", "grad-cam", arguments[2]], 64, "--model")
  }

  @Test func everyMethodIsListed() throws {
    let lines = try Program.run(["image", "list"]).output.split(separator: "\n")
    #expect(lines.count == SaliencyMethods.all.count + 2 && lines.contains { $0.hasPrefix("grad-cam ") })
  }
}
