import Foundation
import Images
import Tensors
import Testing

/// Methods that only ask, on a forest over pixels; several pictures in a file; limits and interruptions.
@Suite struct PerturbationCommandTests {
  /// Pictures of 8 x 8 pixels in an IDX file, of noise and, where the label is 1, a bright square on the upper right;
  /// and a forest of them.
  private static func withForest(_ body: (_ pictures: String, _ model: String, _ folder: URL) throws -> Void) throws {
    try Program.withFolder { folder in
      var generator = SeededGenerator(seed: 1, purpose: .test)
      var pixels: [UInt8] = [0, 0, 8, 3, 0, 0, 1, 44, 0, 0, 0, 8, 0, 0, 0, 8]
      var labels: [UInt8] = [0, 0, 8, 1, 0, 0, 1, 44]
      for number in 0..<300 {
        let isBright = number % 2 == 0
        labels.append(isBright ? 1 : 0)
        for pixel in 0..<64 {
          let isSquare = pixel / 8 < 3 && pixel % 8 > 4
          pixels.append(UInt8(generator.next() % 60) + (isBright && isSquare ? 150 : 0))
        }
      }
      let (pictures, names) = (folder.appending(path: "pictures.idx"), folder.appending(path: "labels.idx"))
      try Data(pixels).write(to: pictures)
      try Data(labels).write(to: names)
      let model = folder.appending(path: "forest.onnx").path
      let trained = try Program.run(
        ["train", pictures.path, "--labels", names.path, "--model", "forest", "--trees", "30", "-o", model, "--quiet"])
      #expect(trained.status == 0, "\(trained.errors)")
      try body(pictures.path, model, folder)
    }
  }

  @Test func methodsThatAskSeeThroughAForest() throws {
    try Self.withForest { pictures, model, _ in
      for method in ["rise", "occlusion"] {
        let result = try Program.run(
          [
            "image", method, pictures, "--row", "1", "--model", model, "--class", "1", "--format", "json", "--cells",
            "4",
          ])
        let json = try result.json
        #expect(result.status == 0 && json["class"] as? String == "1" && json["shape"] as? [Int] == [8, 8])
        #expect(json["probability"] as? Double == json["score"] as? Double && (json["score"] as? Double ?? 0) > 0.9)
        let values = try #require(json["values"] as? [Double])
        let peak = values.indices.max { values[$0] < values[$1] } ?? 0
        #expect(peak / 8 < 4 && peak % 8 > 3, "\(method): \(peak)")
        #expect((json["effort"] as? [String: Any])?["ending"] as? String != nil)
      }
      let refused = try Program.run(["image", "grad-cam", pictures, "--model", model, "--quiet"])
      #expect(refused.status == 64 && refused.errors.contains("the model can only be asked"))
      #expect(refused.errors.split(separator: "\n").count == 1 && refused.output.isEmpty)
      let compared = try Program.run(
        ["image", "compare", pictures, "--model", model, "--methods", "rise,gradient", "--masks", "32"])
      #expect(compared.status == 0 && compared.output.contains("gradient: this needs a network's gradients"))
    }
  }

  @Test func aForestIsMeasuredByMethodsThatAsk() throws {
    try Self.withForest { _, model, folder in
      let pictures = folder.appending(path: "pictures")
      try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
      let samples = (0..<64).map { UInt8($0 / 8 < 3 && $0 % 8 > 4 ? 180 : 30) }
      try Data(Picture(width: 8, height: 8, channels: 1, samples: samples).png())
        .write(to: pictures.appending(path: "square.png"))
      let result = try Program.run(
        ["image", "evaluate", pictures.path, "--model", model, "--samples", "100", "--steps", "8", "--format", "json"])
      let methods = try #require(try result.json["methods"] as? [[String: Any]])
      #expect(methods.map { $0["method"] as? String } == ["lime", "occlusion", "(centre)"])
      #expect(methods.allSatisfy { $0["error"] is NSNull || $0["error"] == nil }, "\(result.errors)")
    }
  }

  @Test func picturesOfAFileAreCountedFromOne() throws {
    try Self.withForest { pictures, model, folder in
      func run(_ arguments: [String]) throws -> Program.Result {
        try Program.run(["image", "occlusion", pictures, "--model", model] + arguments)
      }
      let (first, second) = (try run(["--format", "json"]), try run(["--row", "2", "--format", "json"]))
      #expect(first.errors.contains("the first of 300 pictures (--row)"))
      #expect((try first.json["data"] as? [String: Any])?["row"] as? Int == 1)
      #expect(try first.json["class"] as? String == "1" && second.json["class"] as? String == "0")
      let missing = try run(["--row", "301"])
      #expect(missing.status == 64 && missing.errors.contains("its pictures are 1 to 300"))
      #expect(try run(["--row", "0"]).status == 64)
      let cut = folder.appending(path: "cut.idx")
      try Data(try Data(contentsOf: URL(filePath: pictures)).prefix(500)).write(to: cut)
      let broken = try Program.run(["image", "rise", cut.path, "--model", model, "--quiet"])
      #expect(broken.status == 65 && broken.errors.contains("300 x 8 x 8 bytes, but 484 follow it"))
    }
  }

  @Test func workThatIsLongStopsWithWhatItHas() throws {
    try Self.withForest { pictures, model, folder in
      let limited = try Program.run([
        "image", "rise", pictures, "--model", model, "--masks", "100000000", "--time-limit", "0.5", "--format", "json",
      ])
      #expect(limited.status == 0 && limited.errors.contains("stopped by --time-limit; the map is the best so far"))
      let effort = try #require(try limited.json["effort"] as? [String: Any])
      #expect(effort["ending"] as? String == "time limit" && effort["done"] as? Int ?? 0 >= 16)
      // Ctrl-C: the map is written, and the program ends by the signal.
      let png = folder.appending(path: "map.png")
      let interrupted = try Program.interrupted([
        "image", "rise", pictures, "--model", model, "--masks", "100000000", "--png", png.path, "--quiet",
        "--time-limit", "60",
      ])
      #expect(interrupted.wasKilled && interrupted.status == SIGINT)
      #expect(try Data(contentsOf: png).starts(with: [0x89, 0x50]))
    }
  }

  @Test(arguments: [
    (["rise", "--masks", "0"], "--masks is at least 1"), (["rise", "--cells", "1"], "--cells is from 2"),
    (["extremal", "--areas", "0"], "above 0 and below 1"), (["extremal", "--areas", "0.1,2"], "above 0 and below 1"),
    (["extremal", "--iterations", "0"], "--iterations is at least 1"), (["rise", "--time-limit", "0"], "--time-limit"),
    (["occlusion", "--window", "0"], "--window is at least 1"), (["extremal", "--variant", "both"], "preserve"),
  ]) func mistakesAreSaid(arguments: [String], part: String) throws {
    let result = try Program.run(["image", arguments[0], "cat.png", "--model", "m.onnx"] + arguments[1...])
    #expect(result.status == 64 && result.errors.contains(part) && result.output.isEmpty, "\(result.errors)")
  }
}
