import ArgumentParser
import DataFrames
import Foundation
import Learning
import Presentation
import Rules
import Runs
import Tensors
import Testing

@testable import XAITab

@Suite struct RulesCommandTests {
  private static let heart = Program.data("heart.csv")

  private static func file(_ text: String, _ name: String = "x.rules") throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file
  }

  @Test(arguments: RuleExtractors.all.map { $0.name })
  func printedRulesReadBackAndCheckRecomputesTheirFigures(method: String) throws {
    let arguments = ["rules", Self.heart, "--method", method, "--quiet", "--hidden", "8", "--trees", "10"]
    let text = try Program.run(arguments)
    #expect(text.status == 0, "\(text.errors)")
    let json = try Program.run(arguments + ["--format", "json"])
    let object = try json.json
    #expect(object["schema"] as? String == "xai-tab/rules/1")
    #expect(object["method"] as? String == method)
    let fromText = try RuleText.parse(text.output)
    let fromJSON = try JSONDecoder().decode(RuleSetJSON.self, from: Data(json.output.utf8)).written
    #expect(fromJSON == fromText)
    // All rows are the training and the held-out ones together, so check's accuracy is the mean of the two by rows.
    let file = try Self.file(text.output)
    let checked = try Program.run(["check", file.path, Self.heart, "--format", "json", "--quiet"]).json
    let metrics = try #require(object["metrics"] as? [String: Any])
    let accuracy = try #require(metrics["accuracy"] as? [String: Double])
    let overall = try #require((checked["metrics"] as? [String: Any])?["accuracy"] as? Double)
    let train = try #require(accuracy["train"])
    let heldOut = try #require(accuracy["heldOut"])
    #expect(min(train, heldOut) <= overall && overall <= max(train, heldOut))
    #expect((metrics["rules"] as? Int) == fromText.rules.count)
    #expect(((checked["metrics"] as? [String: Any])?["rules"] as? Int) == fromText.rules.count)
  }

  @Test func fidelityOfAModelsOwnRulesIsRecomputedByCheck() throws {
    let options = ["--quiet", "--format", "json", "--trees", "10", "--test-fraction", "0"]
    let rules = try Program.run(["rules", Self.heart, "--method", "forest"] + options)
    let metrics = try #require(rules.json["metrics"] as? [String: Any])
    let file = try Self.file(rules.output, "x.json")
    let checked = try Program.run(["check", file.path, Self.heart, "--model", "forest"] + options)
    let other = try #require(checked.json["metrics"] as? [String: Any])
    let fidelity = try #require((metrics["fidelity"] as? [String: Any])?["train"] as? Double)
    #expect(other["fidelity"] as? Double == fidelity)
    #expect(other["coverage"] as? Double == metrics["coverage"] as? Double)
    #expect(other["conflicts"] as? Double == metrics["conflicts"] as? Double)
  }

  @Test(arguments: ["deepred", "eclaire", "hypinv", "ann-dt", "pedagogical"])
  func aNetworkFromAFileGivesRules(method: String) throws {
    try Program.withFolder { folder in
      let model = folder.appending(path: "m.onnx").path
      let trained = try Program.run([
        "train", Self.heart, "--model", "network", "--hidden", "12,6", "-o", model, "--quiet", "--epochs", "30",
      ])
      #expect(trained.status == 0, "\(trained.errors)")
      let rules = try Program.run([
        "rules", Self.heart, "--model", model, "--method", method, "--quiet", "--format", "json",
      ])
      #expect(rules.status == 0, "\(rules.errors)")
      let object = try rules.json
      #expect((object["graph"] != nil) == (method == "deepred"))
      let metrics = try #require(object["metrics"] as? [String: Any])
      let fidelity = try #require((metrics["fidelity"] as? [String: Double])?["heldOut"])
      #expect(fidelity > 0.7, "\(fidelity)")
    }
  }

  @Test func hiddenLayersOfAFileAreThoseOfTheNetworkThatWasSaved() throws {
    try Program.withFolder { folder in
      let model = folder.appending(path: "m.onnx").path
      _ = try Program.run([
        "train", Self.heart, "--model", "network", "--hidden", "7,5", "-o", model, "--quiet", "--epochs", "5",
        "--test-fraction", "0",
      ])
      let data = TableSource(path: Self.heart)
      var request = ModelRequest(.network)
      request.hidden = [7, 5]
      request.epochs = 5
      request.testFraction = 0
      let trained = try LearningTable.open(data, TargetRequest(), for: request, RunSettings()).1
      let opened = try LearningTable.open(
        data, TargetRequest(), for: ModelRequest(.file, argument: model), RunSettings()
      ).1
      let network = try #require(
        try TrainedModel.make(trained, request, RunSettings()).model as? any LayeredModel)
      let file = try #require(opened.opened?.model as? any LayeredModel)
      #expect(file.hiddenLayerCount == 2 && network.hiddenLayerCount == 2)
      let layers = try zip(
        network.hiddenActivations(trained.rows, workers: .one), file.hiddenActivations(opened.rows, workers: .one))
      for (one, two) in layers {
        #expect(one.rows == two.rows && one.columns == two.columns)
        // Both compute in single precision, in another order.
        #expect(zip(one.elements, two.elements).allSatisfy { ($0 - $1).magnitude < 1e-4 * max(1, $0.magnitude) })
      }
    }
  }

  @Test(arguments: ["forest", "linear"])
  func aFileWithoutHiddenLayersIsToldInOneLine(kind: String) throws {
    try Program.withFolder { folder in
      let model = folder.appending(path: "m.onnx").path
      _ = try Program.run(["train", Self.heart, "--model", kind, "--trees", "5", "-o", model, "--quiet"])
      for method in ["deepred", "eclaire"] {
        let result = try Program.run(["rules", Self.heart, "--model", model, "--method", method, "--quiet"])
        #expect(result.status == 64 && result.output.isEmpty)
        #expect(result.errors.contains("hidden layers") && result.errors.split(separator: "\n").count == 1)
      }
    }
  }

  @Test(arguments: RuleExtractors.all.map { $0.name })
  func aSpentTimeStillGivesRulesAndSaysWhatItCost(method: String) throws {
    let result = try Program.run([
      "rules", Self.heart, "--method", method, "--quiet", "--hidden", "8", "--trees", "10", "--epochs", "10",
      "--time-limit", "0.000001",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("costs at most"))
    #expect(try RuleText.parse(result.output).defaultClass.isEmpty == false)
  }

  @Test func CtrlCPrintsTheRulesThatWereFoundByThen() throws {
    try Program.withFolder { folder in
      // Classes by chance: the forest's trees are large, and so are their many rules.
      var generator = SeededGenerator(seed: 1, purpose: .test)
      let columns = 12
      let rows = (0..<6000).map { _ in
        (0..<columns).map { _ in "\(generator.uniform())," }.joined() + (Bool.random(using: &generator) ? "a" : "b")
      }
      let header = (0..<columns).map { "x\($0)," }.joined() + "y"
      let file = try Program.write(([header] + rows).joined(separator: "\n") + "\n", to: "noise.csv", in: folder)
      let result = try Program.interrupted([
        "rules", file, "--method", "forest", "--trees", "20", "--time-limit", "300",
      ])
      #expect(result.wasKilled && result.status == SIGINT)
      #expect(result.errors.contains("note: interrupted: these are the best rules found by then"))
      #expect(result.output.contains("Beware: interrupted") && !result.output.contains("Baseline"))
      #expect(["a", "b"].contains(try RuleText.parse(result.output).defaultClass))
    }
  }

  @Test func pageShowsEachRuleWithAnExample() throws {
    let page = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".html")
    defer { try? FileManager.default.removeItem(at: page) }
    let result = try Program.run(
      ["rules", Self.heart, "--method", "forest", "--trees", "10", "--quiet", "--html", page.path])
    #expect(result.status == 0)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("As the model") && html.contains("row "))
    #expect(html.components(separatedBy: "<td").count > 12)
  }

  @Test(
    arguments: [
      (["rules", heart, "--method", "deepred", "--model", "forest"], 64),
      (["rules", heart, "--method", "forest", "--model", "network"], 64),
      (["rules", heart, "--method", "c45", "--model", "forest"], 64),
      (["rules", heart, "--method", "forest", "--target", "age"], 64),
      (["rules", heart], 64), (["rules", heart, "--method", "magic"], 64),
      (["rules", "absent.csv", "--method", "c45"], 66),
      (["check", "absent.rules", heart], 66), (["check", heart, heart], 65),
    ] as [([String], Int32)])
  func mistakesAreToldApart(arguments: [String], status: Int32) throws {
    let result = try Program.run(arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }
}
