import Foundation
import Testing

/// Models from files of other programs, asked and explained by the command.
@Suite struct ModelFileTests {
  private struct References: Decodable {
    struct Model: Decodable {
      let name, model: String
      let classes: [String]?
      let rows: [[Cell?]]
      let answers: [[Double]]
    }
    enum Cell: Decodable {
      case number(Double)
      case text(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .text(text)
        } else {
          self = .number(try container.decode(Double.self))
        }
      }

      var csv: String {
        switch self {
        case .number(let value): "\(value)"
        case .text(let text): "\"" + text.replacing("\"", with: "\"\"") + "\""
        }
      }
    }

    let models: [Model]

    static func model(_ name: String) throws -> Model {
      let file = Program.root.appending(path: "Tests/References/onnx_models.json")
      let all = try JSONDecoder().decode(References.self, from: Data(contentsOf: file)).models
      return try #require(all.first { $0.name == name })
    }
  }

  /// Runs `body` with the model's file and its rows as a table under the given names.
  private static func with<Value>(
    _ name: String, columns: [String], target: String? = nil,
    _ body: (_ file: String, _ table: String, _ model: References.Model) throws -> Value
  ) throws -> Value {
    let reference = try References.model(name)
    return try Program.withFolder { folder in
      let file = folder.appending(path: "model.onnx")
      try #require(Data(base64Encoded: reference.model)).write(to: file)
      var lines = [(columns + (target.map { [$0] } ?? [])).joined(separator: ",")]
      for (row, answer) in zip(reference.rows, reference.answers) {
        var cells = row.map { $0?.csv ?? "" }
        if target != nil {
          let best = answer.indices.max { answer[$0] < answer[$1] } ?? 0
          cells.append(reference.classes.map { $0[best] } ?? "\(answer[0])")
        }
        lines.append(cells.joined(separator: ","))
      }
      let table = try Program.write(lines.joined(separator: "\n") + "\n", to: "table.csv", in: folder)
      return try body(file.path, table, reference)
    }
  }

  @Test func columnsThatHaveOtherNamesMeetTheInputsInTheirOrder() throws {
    try Self.with("one-hot and forest", columns: ["p", "q", "r", "s", "t"], target: "y") { file, table, model in
      let result = try Program.run(["predict", table, "--model", file, "--target", "y"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("taken in their order"))
      let first = result.output.split(separator: "\n")[1].split(separator: ",").dropFirst().compactMap { Double($0) }
      for (own, wanted) in zip(first, model.answers[0]) { #expect((own - wanted).magnitude < 1e-5) }
    }
  }

  @Test func columnsMeetInputsByNameInAnyOrder() throws {
    try Self.with("one-hot and forest", columns: ["x0", "x1", "x2", "x3", "colour"]) { file, table, model in
      let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n")
      // The quoted commas of the last column stay with it.
      let turned = lines.map { line in
        let cells = line.split(separator: ",", maxSplits: 4).map { String($0) }
        return ([cells[4], "7", cells[3], cells[0], cells[1], cells[2]]).joined(separator: ",")
      }
      let table = turned[0].replacing(",7,", with: ",extra,") + "\n" + turned[1...].joined(separator: "\n") + "\n"
      let result = try Program.run(["predict", "-", "--model", file], input: Data(table.utf8))
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("not taken by the model: \"extra\""))
      #expect(!result.errors.contains("in their order"))
      let first = result.output.split(separator: "\n")[1].split(separator: ",").dropFirst().compactMap { Double($0) }
      for (own, wanted) in zip(first, model.answers[0]) { #expect((own - wanted).magnitude < 1e-5) }
    }
  }

  @Test func aMismatchListsWhatIsMissingAndLeftOver() throws {
    try Self.with("one-hot and forest", columns: ["x0", "x1", "x2", "height", "colour"]) { file, table, _ in
      let result = try Program.run(["predict", table, "--model", file, "--target", "colour"])
      #expect(result.status == 65)
      #expect(result.errors.contains("missing \"x3\", \"colour\"; left over \"height\""), "\(result.errors)")
    }
    try Self.with("forest of words", columns: ["a", "b", "c", "d"]) { file, _, _ in
      let result = try Program.run(["predict", "-", "--model", file, "--target", "y"], input: Data("a,y\n1,2\n".utf8))
      #expect(result.status == 65 && result.errors.contains("takes 4 columns, there are 1: \"a\""), "\(result.errors)")
    }
  }

  private static func explanation(_ arguments: [String]) throws -> (json: [String: Any], errors: String) {
    let result = try Program.run(["lime"] + arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return (try result.json, result.errors)
  }

  private static func terms(_ json: [String: Any]) throws -> [String: (weight: Double, error: Double)] {
    let first = try #require((json["explanations"] as? [[String: Any]])?.first)
    let terms = try #require(first["terms"] as? [[String: Any]])
    return Dictionary(
      terms.compactMap { term in
        guard let name = term["column"] as? String, let weight = term["weight"] as? Double else { return nil }
        return (name, (weight, term["standardError"] as? Double ?? .nan))
      }
    ) { first, _ in first }
  }

  private static func method(_ json: [String: Any], _ key: String) -> String? {
    (json["method"] as? [String: Any])?[key] as? String
  }

  @Test(arguments: ["one-hot and forest", "ordinal and boosted regression"]) func pipelinesOfTreesAreExplainedExactly(
    name: String
  ) throws {
    try Self.with(name, columns: ["x0", "x1", "x2", "x3", "colour"], target: "y") { file, table, _ in
      let (exact, errors) = try Self.explanation([table, "--row", "3", "--model", file])
      #expect(Self.method(exact, "name") == "exact" && !errors.contains("--explain margin"))
      // What sampling finds is the exact weight, within its own errors: 5 of them are never exceeded by chance here.
      let (sampled, _) = try Self.explanation([table, "--row", "3", "--model", file, "--samples", "20000"])
      let (one, other) = (try Self.terms(exact), try Self.terms(sampled))
      #expect(one.count == 5 && other.count == 5)
      for (column, term) in other {
        let wanted = try #require(one[column])
        #expect(wanted.error == 0 && term.error > 0)
        #expect((term.weight - wanted.weight).magnitude < 5 * term.error, "\(column)")
      }
    }
  }

  @Test(arguments: [
    "boosted, two classes", "boosted, three classes", "XGBoost, two classes", "XGBoost, three classes",
    "LightGBM, two classes", "LightGBM, three classes",
  ]) func marginsOfBoostedClassifiersAreExact(name: String) throws {
    try Self.with(name, columns: ["x0", "x1", "x2", "x3"], target: "y") { file, table, model in
      let common = [table, "--row", "2", "--model", file, "--class", "1"]
      let (probability, said) = try Self.explanation(common)
      #expect(Self.method(probability, "name") == "sampled" && Self.method(probability, "explains") == "prediction")
      #expect(said.contains("--explain margin"))
      let (margin, told) = try Self.explanation(common + ["--explain", "margin"])
      #expect(Self.method(margin, "name") == "exact" && Self.method(margin, "explains") == "margin")
      #expect(told.contains("of the margin"))
      let (sampled, _) = try Self.explanation(common + ["--explain", "margin", "--samples", "20000"])
      let (one, other) = (try Self.terms(margin), try Self.terms(sampled))
      for (column, term) in other where term.error > 0 {
        #expect((term.weight - (one[column]?.weight ?? .nan)).magnitude < 5 * term.error, "\(column)")
      }
      // The margin is the logit of the probability, or its logarithm up to what all classes share.
      let rows = try Program.run(
        ["lime", table, "--row", "2", "--model", file, "--class", "all", "--explain", "margin", "--format", "csv"])
      var margins: [String: Double] = [:]
      for line in rows.output.split(separator: "\n").dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        margins[String(cells[1])] = Double(cells[2])
      }
      let wanted = model.answers[1]
      let found = try (model.classes ?? []).map { try #require(margins[$0]) }
      if wanted.count == 2 {
        #expect((found[1] + found[0]).magnitude < 1e-9)
        #expect((1 / (1 + exp(-found[1])) - wanted[1]).magnitude < 1e-5)
      } else {
        let sum = found.reduce(0) { $0 + exp($1) }
        for (own, wanted) in zip(found, wanted) { #expect((exp(own) / sum - wanted).magnitude < 1e-5) }
      }
    }
  }

  @Test func aModelWithoutAMarginSaysSo() throws {
    let result = try Program.run(["lime", Program.data("heart.csv"), "--row", "1", "--explain", "margin", "--quiet"])
    #expect(result.status == 64 && result.errors.contains("--explain margin is for boosted classifiers"))
  }

  /// 0.1 as the file's runtime has it is above 0.1; a row that is equal in single precision goes the same way.
  @Test func numbersAreComparedInTheFilesPrecision() throws {
    try Self.with("BRANCH_LEQ, missing 0", columns: ["a", "b", "c", "d"]) { file, _, model in
      guard case .number(let threshold)? = model.rows[0][0] else { return }
      // The threshold is a single-precision number; this double above it becomes the same one.
      let above = threshold + threshold.magnitude * 1e-9
      let far = threshold + threshold.magnitude * 1e-6
      let table = "a,b,c,d\n\(threshold),9,9,0\n\(above),9,9,0\n\(far),9,9,0\n"
      let result = try Program.run(["predict", "-", "--model", file, "--quiet"], input: Data(table.utf8))
      let answers = result.output.split(separator: "\n").dropFirst().compactMap { Double($0) }
      #expect(answers.count == 3 && answers[0] == answers[1] && answers[0] != answers[2], "\(result.output)")
    }
  }

  @Test func damagedFilesAreBadData() throws {
    try Self.with("tree", columns: ["a", "b", "c", "d"], target: "y") { file, table, model in
      let bytes = try #require(Data(base64Encoded: model.model))
      for (changed, words) in [
        (bytes.prefix(bytes.count / 2), "no ONNX model"), (Data(), "no ONNX model"),
        (Data("a,b\n1,2\n".utf8), "no ONNX model"),
      ] {
        try changed.write(to: URL(filePath: file))
        let result = try Program.run(["predict", table, "--model", file, "--quiet"])
        #expect(result.status == 65 && !result.wasKilled && result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty && result.errors.split(separator: "\n").count == 1)
      }
      let missing = try Program.run(["predict", table, "--model", "/no/such.onnx", "--quiet"])
      #expect(missing.status == 66)
      let wrong = try Program.run(["evaluate", table, "--model", "forest"])
      #expect(wrong.status == 64 && wrong.errors.contains("evaluate measures a model that is there already"))
    }
  }

  @Test func evaluationIsThatOfTheAnswers() throws {
    try Self.with("XGBoost, three classes", columns: ["a", "b", "c", "d"], target: "y") { file, table, _ in
      // The target is what the model answers.
      let json = try Program.run(["evaluate", table, "--model", file, "--format", "json", "--quiet"]).json
      #expect((json["metrics"] as? [String: Any])?["accuracy"] as? Double == 1)
      #expect(json["schema"] as? String == "xai-tab/evaluate/1")
    }
  }
}
