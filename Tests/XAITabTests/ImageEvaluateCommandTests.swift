import Foundation
import Images
import Testing

@Suite(.data("models/cifar10_cnn.onnx", "cifar10/cifar10_test_1000.bin")) struct ImageEvaluateCommandTests {
  private static let options = ["--mean", "0", "--std", "1", "--scale", "1"]

  /// A folder of three pictures of CIFAR-10 as PNG files, with what `body` adds.
  private static func withPictures(_ body: (_ folder: URL, _ model: String) throws -> Void) throws {
    let model = Program.fetched("models/cifar10_cnn.onnx")
    let file = Program.fetched("cifar10/cifar10_test_1000.bin")
    let pictures = try #require(CIFAR10(bytes: Array(try Data(contentsOf: URL(filePath: file)))))
    try Program.withFolder { folder in
      for index in 0..<3 {
        try Data(pictures.picture(index).png()).write(to: folder.appending(path: "picture \(index).png"))
      }
      try body(folder, model)
    }
  }

  private static func evaluate(_ folder: URL, _ model: String, _ more: [String]) throws -> Program.Result {
    try Program.run(["image", "evaluate", folder.path, "--model", model, "--steps", "8"] + options + more)
  }

  @Test func methodsAreMeasured() throws {
    try Self.withPictures { folder, model in
      let boxes = try Program.write(
        "picture,class,xmin,ymin,xmax,ymax\npicture 0.png,3,1,1,32,32\npicture 1.png,3,30,30,32,32\n", to: "boxes.csv",
        in: folder)
      let page = folder.appending(path: "page.html")
      let result = try Self.evaluate(
        folder, model,
        ["--methods", "gradient,grad-cam,occlusion", "--boxes", boxes, "--format", "json", "--html", page.path])
      let json = try result.json
      #expect(result.status == 0 && json["schema"] as? String == "xai-tab/image-evaluate/1")
      #expect((json["pictures"] as? [String])?.count == 3 && result.errors.contains("boxes.csv") == false)
      let methods = try #require(json["methods"] as? [[String: Any]])
      #expect(methods.compactMap { $0["method"] as? String } == ["gradient", "grad-cam", "occlusion", "(centre)"])
      for method in methods {
        let measures = try #require(method["measures"] as? [String: [String: Any]])
        #expect(Set(measures.keys) == ["deletion", "insertion", "infidelity", "pointing"])
        for way in ["deletion", "insertion"] { #expect(0...1 ~= measures[way]?["mean"] as? Double ?? -1) }
        #expect(
          (measures["deletion"]?["curve"] as? [Double])?.count == 9 && measures["pointing"]?["count"] as? Int == 2)
      }
      // The whole of the first picture is the object.
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.contains("Which maps to believe") && html.contains("grad-cam"))
    }
  }

  @Test func theBytesAreTheSameForAnyThreads() throws {
    try Self.withPictures { folder, model in
      let outputs = try ["1", "3"].map { threads in
        try Program.run(
          [
            "image", "evaluate", folder.path, "--model", model, "--methods", "grad-cam,lime", "--samples", "20",
            "--measures",
            "all", "--steps", "4", "--threads", threads, "--format", "json",
          ] + Self.options,
          environment: ["SOURCE_DATE_EPOCH": "0"]
        ).output
      }
      #expect(outputs[0] == outputs[1] && outputs[0].contains("sensitivity") && !outputs[0].contains("seconds"))
    }
  }

  @Test func badPicturesEndTheRunOrAreLeftOut() throws {
    try Self.withPictures { folder, model in
      _ = try Program.write("no picture", to: "bad.png", in: folder)
      _ = try Program.write("a note", to: "notes.txt", in: folder)
      let strict = try Self.evaluate(folder, model, ["--methods", "gradient"])
      #expect(
        strict.status == 65 && strict.output.isEmpty && strict.errors.contains("bad.png: neither a PNG nor a JPEG"))
      let lenient = try Self.evaluate(folder, model, ["--methods", "gradient", "--skip-bad"])
      #expect(lenient.status == 0 && lenient.output.contains("3 pictures") && lenient.errors.contains("left out: "))
      #expect(lenient.errors.contains("1 files are no pictures"))
    }
  }

  @Test func mistakesAreOneLine() throws {
    try Self.withPictures { folder, model in
      func expect(_ more: [String], _ status: Int32, _ part: String) throws {
        let result = try Self.evaluate(folder, model, more + ["--methods", "gradient", "--quiet"])
        #expect(result.status == status && result.errors.contains(part), "\(result.errors)")
        #expect(result.output.isEmpty && result.errors.split(separator: "\n").count <= 2)
      }
      func boxes(_ rows: String) throws -> [String] {
        ["--boxes", try Program.write("picture,class,xmin,ymin,xmax,ymax\n" + rows, to: "boxes.csv", in: folder)]
      }
      try expect(["--measures", "deletoin"], 64, "did you mean \"deletion\"")
      try expect(["--measures", "pointing"], 64, "--boxes FILE")
      try expect(boxes("a.png,3,1,1,x,4\n"), 65, "boxes.csv, row 1, column \"xmax\": expected a number, found \"x\"")
      try expect(boxes("a.png,3,1,1,3,4\na.png,3,5,1,3,4\n"), 65, "row 2, column \"xmin\": 5, 1, 3, 4 is no box")
      try expect(boxes("a.png,lion,1,1,3,4\n"), 65, "row 1, column \"class\": there is no class \"lion\"")
      try expect(
        boxes("picture 0.png,3,1,1,3,4\npicture 0.png,3,40,1,44,4\n"), 65,
        "row 2, column \"xmin\": the box lies outside of picture 0.png, which has 32 x 32 pixels")
      try expect(boxes("a.png,3,1,1,3,4\n") + ["--measures", "pointing"], 65, "none of its pictures is in ")
      try expect(["--html", folder.appending(path: "none/page.html").path], 73, "page.html: cannot be written")
      let other = try Program.write("picture,class,left\na.png,3,1\n", to: "other.csv", in: folder)
      try expect(["--boxes", other], 65, "there is no column \"xmin\"")
      let nothing = folder.appending(path: "none").path
      #expect(try Program.run(["image", "evaluate", nothing, "--model", model]).status == 66)
      let file = try Program.run(["image", "evaluate", model, "--model", model])
      #expect(file.status == 64 && file.errors.contains("takes a folder"))
    }
  }
}
