import Foundation
import Learning
import Presentation
import Testing

@testable import XAITab

/// The command from a file to a result, in a process of its own.
@Suite struct LimeCommandTests {
  private func explanation(_ json: [String: Any]) throws -> [String: Any] {
    try #require((json["explanations"] as? [[String: Any]])?.first)
  }

  private func terms(_ explanation: [String: Any]) throws -> [[String: Any]] {
    try #require(explanation["terms"] as? [[String: Any]])
  }

  /// Every key of the output contract, and that the numbers belong together.
  private func checkContract(_ json: [String: Any], features: Int, isClassification: Bool) throws {
    #expect(json["schema"] as? String == "xai-tab/lime/1")
    #expect(json["seed"] as? Int == 0 && json["version"] is String)
    let data = try #require(json["data"] as? [String: Any])
    #expect(Set(data.keys) == ["path", "rows", "columns", "sha256", "target"])
    #expect((data["sha256"] as? String)?.count == 64)
    let model = try #require(json["model"] as? [String: Any])
    #expect(model["kind"] as? String == "forest")
    let heldOut = try #require(model["heldOut"] as? [String: Any])
    #expect(Set(heldOut.keys) == Set(Score.all.filter { $0.isOfClasses == isClassification }.map(\.name)))
    let method = try #require(json["method"] as? [String: Any])
    #expect(method["name"] as? String == "exact" && method["samples"] as? Int == 0)
    #expect(method["bins"] as? String == "quartile")
    let width = try #require(method["kernelWidth"] as? Double)
    #expect(abs(width - 0.75 * Double(features).squareRoot()) < 1e-12)
    let prediction = try #require(json["prediction"] as? [String: Any])
    let explanation = try explanation(json)
    if isClassification {
      let probabilities = try #require(prediction["probabilities"] as? [String: Double])
      #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-12)
      let name = try #require(prediction["class"] as? String)
      #expect(probabilities[name] == probabilities.values.max())
      #expect(explanation["class"] as? String == name)
    } else {
      #expect(prediction["value"] is Double)
    }
    let terms = try terms(explanation)
    #expect(terms.count == min(10, features))
    var local = try #require(explanation["intercept"] as? Double)
    for term in terms {
      #expect(term["column"] is String && term["condition"] is String && term["standardError"] as? Double == 0)
      local += try #require(term["weight"] as? Double)
    }
    #expect(abs(local - (explanation["localPrediction"] as? Double ?? .nan)) < 1e-9)
    let rSquared = try #require(explanation["rSquared"] as? Double)
    #expect((0...1).contains(rSquared))
  }

  @Test func heartWithNothingElseSaid() throws {
    let text = try Program.run(["lime", Program.data("heart.csv"), "--row", "12"])
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("Row 12 of heart.csv: predicted diameter narrowing = 0 with probability "))
    #expect(text.errors.contains("303 rows x 14 columns") && text.errors.contains("6 missing cells"))
    let json = try Program.run(["lime", Program.data("heart.csv"), "--row", "12", "--format", "json"]).json
    try checkContract(json, features: 13, isClassification: true)
    #expect(json["row"] as? Int == 12 && json["actual"] as? String == "0")
  }

  @Test func theReadmeShowsWhatIsPrinted() throws {
    let result = try Program.run(["lime", Program.data("heart.csv"), "--row", "12", "--quiet"])
    let readme = try String(contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
    let shown = result.output.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "    \($0)"
    }
    #expect(readme.contains(shown.joined(separator: "\n")))
  }

  @Test func penguinsHaveThreeClassesAndMissingCells() throws {
    // Row 4 has no measurement at all; all its explanations speak of missing cells.
    let result = try Program.run([
      "lime", Program.data("penguins.csv"), "--target", "species", "--row", "4", "--class", "all", "--format", "json",
    ])
    let json = try result.json
    try checkContract(json, features: 7, isClassification: true)
    let explanations = try #require(json["explanations"] as? [[String: Any]])
    #expect(explanations.count == 3)
    let probabilities = try #require((json["prediction"] as? [String: Any])?["probabilities"] as? [String: Double])
    let order = explanations.compactMap { ($0["class"] as? String).flatMap { probabilities[$0] } }
    #expect(order == order.sorted(by: >))
    #expect(try terms(explanations[0]).contains { $0["condition"] as? String == "bill_length_mm is missing" })
  }

  @Test(.data("student/student-mat.csv"))
  func studentIsANumber() throws {
    let file = Program.fetched("student/student-mat.csv")
    let result = try Program.run(["lime", file, "--target", "G3", "--row", "12", "--format", "json"])
    try checkContract(try result.json, features: 32, isClassification: false)
    #expect(result.errors.contains("';'"))
    let heldOut = try #require((try result.json["model"] as? [String: Any])?["heldOut"] as? [String: Double])
    #expect(try #require(heldOut["r2"]) > 0.7)
  }

  @Test(.data("heart/processed.cleveland.data"))
  func clevelandHasNoHeaderAndQuestionMarks() throws {
    let file = Program.fetched("heart/processed.cleveland.data")
    let result = try Program.run(["lime", file, "--row", "88", "--format", "json"])
    try checkContract(try result.json, features: 13, isClassification: true)
    #expect(result.errors.contains("no header") && result.errors.contains("6 missing cells"))
    #expect(result.errors.contains("5 classes"))
  }

  @Test(.data("dream7_expression1000/dream_46x1000_merged.csv"))
  func aRowWithoutLabelIsExplained() throws {
    let file = Program.fetched("dream7_expression1000/dream_46x1000_merged.csv")
    let header = try #require(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").first)
    let others = header.split(separator: ",").map { String($0) }.filter {
      !$0.hasPrefix("gene") && $0 != "cell_line" && $0 != "Everolimus(mTOR)"
    }
    let result = try Program.run([
      "lime", file, "--target", "Everolimus(mTOR)", "--drop", others.joined(separator: ","), "--row", "3", "--format",
      "json",
    ])
    let json = try result.json
    try checkContract(json, features: 1000, isClassification: true)
    #expect(json["actual"] is NSNull)
    #expect(result.errors.contains("set aside") && result.errors.contains("cell_line"))
  }

  @Test func aWideFile() throws {
    let result = try Program.run([
      "lime", Program.data("bladderbatch_57x22283.csv.gz"), "--target", "cancer", "--row", "12", "--format", "json",
    ])
    try checkContract(try result.json, features: 22_283, isClassification: true)
    #expect(result.errors.contains("gzip"))
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    let calls = [
      ["lime", Program.data("heart.csv"), "--row", "12", "--format", "json"],
      ["lime", Program.data("penguins.csv"), "--target", "species", "--rows", "all", "--format", "ndjson"],
      ["lime", Program.data("bladderbatch_57x22283.csv.gz"), "--target", "cancer", "--row", "3", "--format", "csv"],
      ["lime", Program.data("heart.csv"), "--row", "5", "--kernel-width", "auto", "--format", "json"],
    ]
    for call in calls {
      let outputs = try ["1", "2", "3"].map { try Program.run(call + ["--threads", $0]).output }
      #expect(!outputs[0].isEmpty && outputs[0] == outputs[1] && outputs[1] == outputs[2])
    }
    let other = try Program.run(calls[0] + ["--seed", "1"]).output
    #expect(try other != Program.run(calls[0]).output)
  }

  @Test func aRowAloneIsTheSameAsAmongOthers() throws {
    let all = try Program.run(["lime", Program.data("heart.csv"), "--rows", "all", "--format", "json"]).json
    let rows = try #require(all["rows"] as? [[String: Any]])
    #expect(rows.count == 303)
    let one = try Program.run(["lime", Program.data("heart.csv"), "--row", "12", "--format", "json"]).json
    for key in ["prediction", "explanations"] {
      #expect(one[key] as? NSObject == rows[11][key] as? NSObject)
    }
    let some = try Program.run(["lime", Program.data("heart.csv"), "--rows", "300,12,7-9", "--format", "json"]).json
    #expect((some["rows"] as? [[String: Any]])?.compactMap { $0["row"] as? Int } == [300, 12, 7, 8, 9])
  }

  @Test func aStreamOfLines() throws {
    let result = try Program.run([
      "lime", Program.data("penguins.csv"), "--target", "species", "--rows", "1-20", "--format", "ndjson",
    ])
    let lines = try result.output.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.count == 22)
    #expect(lines[0]["schema"] as? String == "xai-tab/lime/1" && lines[0]["model"] != nil && lines[0]["method"] != nil)
    #expect(lines[0]["rows"] == nil)
    #expect(lines[1]["row"] as? Int == 1 && lines[1]["explanations"] != nil)
    #expect(lines[21]["rows"] as? Int == 20 && lines[21]["failed"] as? Int == 0)
    #expect((lines[21]["sha256"] as? String)?.count == 64)
  }

  @Test func standardInputIsAFile() throws {
    let bytes = try Data(contentsOf: URL(filePath: Program.data("heart.csv")))
    let result = try Program.run(["lime", "-", "--row", "12", "--format", "json"], input: bytes)
    let direct = try Program.run(["lime", Program.data("heart.csv"), "--row", "12", "--format", "json"])
    #expect(try result.json["explanations"] as? NSObject == direct.json["explanations"] as? NSObject)
    #expect(try (result.json["data"] as? [String: Any])?["path"] as? String == "-")
  }

  @Test func optionsOfTheTargetAndTheBins() throws {
    let file = Program.data("heart.csv")
    for bins in ["decile", "entropy", "tree"] {
      let json = try Program.run(["lime", file, "--row", "1", "--bins", bins, "--format", "json"]).json
      #expect((json["method"] as? [String: Any])?["bins"] as? String == bins)
    }
    let features = try Program.run(["lime", file, "--row", "1", "--features", "all", "--format", "json"]).json
    #expect(try terms(explanation(features)).count == 13)
    let above = try Program.run(["lime", file, "--target", "age", "--above", "mean", "--row", "1", "--format", "json"])
    #expect(try (above.json["prediction"] as? [String: Any])?["class"] is String)
    let positive = try Program.run([
      "lime", Program.data("penguins.csv"), "--target", "species", "--positive", "Gentoo", "--row", "1", "--class",
      "Gentoo", "--format", "json",
    ]).json
    #expect(try explanation(positive)["class"] as? String == "Gentoo")
    let number = try Program.run([
      "lime", file, "--row", "1", "--task", "regression", "--format", "json",
    ]).json
    #expect((number["prediction"] as? [String: Any])?["value"] is Double)
    let exact = try Program.run([
      "lime", file, "--row", "1", "--trees", "1", "--test-fraction", "0", "--format", "json",
    ]).json
    #expect(try explanation(exact)["rSquaredError"] as? Double == 0)
    #expect(((exact["model"] as? [String: Any])?["heldOut"] as? [String: Any])?.isEmpty == true)
  }

  @Test func sampledExplanationsHaveErrors() throws {
    let file = Program.data("heart.csv")
    let json = try Program.run(["lime", file, "--row", "12", "--samples", "3000", "--format", "json"]).json
    let method = try #require(json["method"] as? [String: Any])
    #expect(method["name"] as? String == "sampled" && method["samples"] as? Int == 3000)
    let exact = try Program.run(["lime", file, "--row", "12", "--features", "all", "--format", "json"]).json
    let weights = Dictionary(
      uniqueKeysWithValues: try terms(explanation(exact)).map { ($0["column"] as? String, $0["weight"] as? Double) })
    for term in try terms(explanation(json)) {
      let error = try #require(term["standardError"] as? Double)
      let weight = try #require(term["weight"] as? Double)
      let expected = try #require(weights[term["column"] as? String] ?? nil)
      #expect(error > 0 && abs(weight - expected) < 5 * error)
    }
    #expect(["high", "medium", "low"].contains(try explanation(json)["stability"] as? String))
    let raw = try Program.run([
      "lime", file, "--row", "12", "--bins", "none", "--around", "row", "--kernel-width", "auto", "--samples", "500",
      "--features", "all", "--format", "json",
    ]).json
    #expect(try terms(explanation(raw)).contains { ($0["condition"] as? String)?.hasPrefix("age per ") == true })
  }

  @Test func networksAndLinearModels() throws {
    for (model, data, more) in [
      ("network", "heart.csv", ["--hidden", "16", "--epochs", "30"]), ("linear", "heart.csv", []),
      ("linear", "penguins.csv", ["--target", "body_mass_g"]),
    ] {
      let call = ["lime", Program.data(data), "--row", "12", "--model", model, "--format", "json"] + more
      let json = try Program.run(call).json
      let facts = try #require(json["model"] as? [String: Any])
      #expect(facts["kind"] as? String == model && facts["onTraining"] != nil && facts["outOfBag"] == nil)
      let heldOut = try #require(facts["heldOut"] as? [String: Double])
      #expect(heldOut["accuracy"].map { $0 > 0.6 } ?? ((heldOut["r2"] ?? 0) > 0.5), "\(model) \(heldOut)")
      #expect((json["method"] as? [String: Any])?["name"] as? String == "sampled")
      let outputs = try ["1", "2", "3"].map { try Program.run(call + ["--threads", $0]).output }
      #expect(outputs[0] == outputs[1] && outputs[1] == outputs[2])
      let rows = try Program.run(call.map { $0 == "--row" ? "--rows" : $0 == "12" ? "11-13" : $0 }).json
      let among = try #require((rows["rows"] as? [[String: Any]])?[1])
      #expect(among["explanations"] as? NSObject == json["explanations"] as? NSObject)
    }
    let wrong = try Program.run([
      "lime", Program.data("heart.csv"), "--row", "1", "--model", "linear", "--bins", "tree",
    ])
    #expect(wrong.status == 64 && wrong.errors.contains("--bins tree takes the thresholds of a forest"))
  }

  @Test(.data("mnist/t10k-images-idx3-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz"))
  func picturesAreRows() throws {
    let pictures = Program.fetched("mnist/t10k-images-idx3-ubyte.gz")
    let labels = Program.fetched("mnist/t10k-labels-idx1-ubyte.gz")
    let call = ["lime", pictures, "--labels", labels, "--row", "12", "--format", "json"]
    let json = try Program.run(call + ["--trees", "10"]).json
    #expect((json["data"] as? [String: Any])?["target"] as? String == "label")
    #expect((json["prediction"] as? [String: Any])?["class"] as? String == json["actual"] as? String)
    #expect(try terms(explanation(json)).allSatisfy { ($0["column"] as? String)?.hasPrefix("r") == true })
    let five = try Program.run(call + ["--trees", "5", "--positive", "5"]).json
    let classes = (five["prediction"] as? [String: Any])?["probabilities"] as? [String: Double]
    #expect(Set(classes?.keys.map { $0 } ?? []) == ["5", "not 5"])
    try Program.withFolder { folder in
      let damaged = folder.appending(path: "damaged.idx")
      try Data([0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2]).write(to: damaged)
      let result = try Program.run(["lime", damaged.path, "--row", "1", "--quiet"])
      #expect(result.status == 65 && result.errors.count { $0 == "\n" } == 1, "\(result.errors)")
    }
  }

  @Test func rowsByValueAndByPick() throws {
    try Program.withFolder { folder in
      var text = "id,x,y\n"
      for row in 1...40 { text += "p\(100 + row),\(row * 37 % 23),\(row * 37 % 23 > 11 ? "a" : "b")\n" }
      let file = try Program.write(text, to: "patients.csv", in: folder)
      let found = try Program.run(["lime", file, "--where", "id=p117", "--format", "json"]).json
      #expect((found["rows"] as? [[String: Any]])?.compactMap { $0["row"] as? Int } == [17])
      let number = try Program.run(["lime", file, "--where", "x=14.0", "--format", "json"]).json
      #expect((number["rows"] as? [[String: Any]])?.compactMap { $0["row"] as? Int } == [1, 24])
      let absent = try Program.run(["lime", file, "--where", "id=q", "--quiet"])
      #expect(absent.status == 64 && absent.errors == "xai-tab: no row has id = q\n")
      let picked = try Program.run(["lime", file, "--pick", "3", "--format", "json"]).json
      #expect(Set((picked["rows"] as? [[String: Any]])?.compactMap { $0["row"] as? Int } ?? []).count == 3)
    }
  }

  /// Wrong calls and bad data: the exit code, and one line on standard error that names what is wrong.
  @Test func mistakesEndInOneLine() throws {
    try Program.withFolder { folder in
      let heart = Program.data("heart.csv")
      let long = try Program.write("a,b\n1,2\n3,4,5\n", to: "long.csv", in: folder)
      let empty = try Program.write("", to: "empty.csv", in: folder)
      let constant = try Program.write("a,b\n1,x\n2,x\n3,x\n", to: "constant.csv", in: folder)
      let infinite = try Program.write("a,b\n1,x\n1e999,y\n3,x\n2,y\n", to: "infinite.csv", in: folder)
      let alone = try Program.write("b\nx\ny\nx\n", to: "alone.csv", in: folder)
      let blank = try Program.write("a,b\n1,\n2,\n", to: "blank.csv", in: folder)
      let cases: [([String], Int32, String)] = [
        (["lime", "absent.csv", "--row", "1"], 66, "absent.csv: no such file"),
        (["lime", folder.path, "--row", "1"], 66, "is a folder"),
        (["lime", long, "--row", "1"], 65, "long.csv:3: expected 2 fields, found 3"),
        (["lime", empty, "--row", "1"], 65, "no rows"),
        (["lime", constant, "--row", "1"], 65, "the target \"b\" is \"x\" in every row"),
        (["lime", infinite, "--row", "1"], 65, "infinite.csv, row 2, column \"a\": the value is infinite"),
        (
          ["lime", infinite, "--row", "1", "--target", "a"], 65,
          "infinite.csv, row 2, column \"a\": the value is infinite"
        ),
        (["lime", alone, "--row", "1"], 65, "no column is left to predict \"b\" from"),
        (["lime", blank, "--row", "1"], 65, "the target \"b\" has no values"),
        (["lime", heart, "--row", "304"], 64, "there is no row 304: the data rows are 1 to 303"),
        (["lime", heart, "--row", "0"], 64, "there is no row 0"),
        (["lime", heart, "--row", "-3"], 64, "there is no row -3"),
        (["lime", heart, "--row", "1", "--html", "-"], 64, "a page goes to a file"),
        (["lime", heart, "--row", "1", "--target", "tahl"], 64, "did you mean \"thal\""),
        (["lime", heart, "--row", "1", "--drop", "cholestrol"], 64, "did you mean \"cholesterol\""),
        (["lime", heart, "--row", "1", "--class", "2"], 64, "there is no class \"2\""),
        (["lime", heart, "--row", "1", "--numeric", "thal"], 65, "column \"thal\": expected a number, found "),
        (["lime", heart, "--row", "1", "--columns", "age,thal", "--target", "gender"], 64, "not among the columns"),
        (["lime", heart, "--row", "1", "--html", "/nonexistent/x.html"], 73, "cannot be written"),
        (["lime", heart, "--row", "1", "--html", heart], 64, "is the input and will not be overwritten"),
      ]
      for (arguments, status, message) in cases {
        let result = try Program.run(arguments + ["--quiet"])
        #expect(result.status == status, "\(arguments)")
        #expect(result.output.isEmpty, "\(arguments)")
        #expect(result.errors.contains(message), "\(arguments): \(result.errors)")
        #expect(result.errors.count { $0 == "\n" } == 1, "\(result.errors)")
      }
    }
    for arguments in [
      ["lime", Program.data("heart.csv")], ["lime", Program.data("heart.csv"), "--row", "x"], ["lime"], ["nonsense"],
      ["lime", Program.data("heart.csv"), "--row", "1", "--rows", "2"],
      ["lime", Program.data("heart.csv"), "--row", "1", "--trees", "0"],
      ["lime", Program.data("heart.csv"), "--row", "1", "--kernel-width", "-1"],
    ] {
      let result = try Program.run(arguments)
      #expect(result.status == 64 && result.output.isEmpty && !result.errors.isEmpty, "\(arguments)")
    }
  }

  @Test func hostileNamesRunNothingAndReachThePageEscaped() throws {
    try Program.withFolder { folder in
      let canary = folder.appending(path: "canary").path
      let names = [
        "`touch \(canary)`", "'; system('touch \(canary)'); '", "$(touch \(canary))", "<script>alert(1)</script>",
        "\"\"\nset output '\(canary)'\n",
      ]
      var text = names.map { "\"\($0)\"" }.joined(separator: ",") + ",\"<b>y\"\n"
      for row in 0..<40 {
        let cells = (0..<names.count).map { (row * ($0 + 3) * 7919) % 23 }
        text += cells.map { "\($0)" }.joined(separator: ",") + ",\"\(cells[0] > 11 ? "<img src=x>" : "`id`")\"\n"
      }
      let file = try Program.write(text, to: "hostile.csv", in: folder)
      let page = folder.appending(path: "page.html").path
      let result = try Program.run(["lime", file, "--row", "3", "--html", page])
      #expect(result.status == 0, "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: canary))
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("<svg") && html.contains("&lt;script&gt;"))
      // The page's own script is the only one.
      #expect(html.components(separatedBy: "<script").count == 2)
      #expect(!html.contains("<img") && !html.contains("<b>y"))
      // A name with a line break must not break the lines of the text.
      #expect(result.output.split(separator: "\n").allSatisfy { !$0.hasPrefix("set output") })
    }
  }

  @Test func aPageIsWholeAndTheSameTwice() throws {
    try Program.withFolder { folder in
      let pages = try (0..<2).map { _ in
        // The page tells its command line, so the name is the same.
        let page = folder.appending(path: "page.html").path
        let result = try Program.run(
          ["lime", Program.data("heart.csv"), "--row", "12", "--html", page, "--quiet"],
          environment: ["SOURCE_DATE_EPOCH": "1700000000"])
        #expect(result.status == 0 && result.errors.isEmpty)
        return try String(contentsOfFile: page, encoding: .utf8)
      }
      #expect(pages[0] == pages[1])
      for part in [
        "<!doctype html>", "<svg", "thal = normal", "Row 12 of heart.csv", "accuracy", "2023-11-14T22:13:20Z",
        "SHA-256", "</html>",
      ] {
        #expect(pages[0].contains(part), "\(part)")
      }
      #expect(pages[0].utf8.count < 200_000 && !pages[0].contains("src=") && !pages[0].contains("href=\"http"))
    }
  }

  @Test func withoutGnuplotAllButTheFigureIsThere() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "page.html").path
      let result = try Program.run(
        ["lime", Program.data("heart.csv"), "--row", "12", "--html", page], environment: ["PATH": folder.path])
      #expect(result.status == 0 && result.output.contains("thal = normal"))
      #expect(result.errors.contains("warning: the figure could not be drawn"))
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(!html.contains("<svg") && html.contains("There is no figure here") && html.contains("thal = normal"))
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func aFullDiskIsSaid() throws {
    let device = "/dev/full"
    let result = try Program.run(["lime", Program.data("heart.csv"), "--row", "1", "--quiet"], outputTo: device)
    #expect(result.status == 73 && result.errors.contains("standard output: cannot be written"))
  }

  @Test func hugeNumbersAreNull() throws {
    try Program.withFolder { folder in
      var text = "x,y\n"
      for row in 0..<40 { text += "\(row * 7 % 13),\(row % 2 == 0 ? "" : "-")1.\(row % 7)e308\n" }
      let file = try Program.write(text, to: "huge.csv", in: folder)
      let result = try Program.run(["lime", file, "--row", "1", "--format", "json"])
      #expect(result.status == 0, "\(result.errors)")
      #expect(try result.json["explanations"] is [Any])
    }
  }

  @Test func aUselessModelIsSaidToBeOne() throws {
    try Program.withFolder { folder in
      var text = "x,y\n"
      for row in 0..<60 { text += "\(row * row * 31 % 57),\((row * 7919) % 100 < 50 ? "a" : "b")\n" }
      let file = try Program.write(text, to: "noise.csv", in: folder)
      let outputs = try (0..<4).map { seed in
        try Program.run(["lime", file, "--row", "1", "--seed", "\(seed)", "--quiet"]).output
      }
      #expect(outputs.contains { $0.contains("Beware: on rows that it has not seen the model is right in") })
      let good = try Program.run(["lime", Program.data("penguins.csv"), "--target", "species", "--row", "1", "--quiet"])
      #expect(!good.output.contains("Beware"))
      #expect(good.output.contains("Probabilities: Adelie 1, "))
    }
  }

  @Test func versionAndHelp() throws {
    #expect(try Program.run(["--version"]).output == "\(Provenance.version)\n")
    let help = try Program.run(["lime", "--help"])
    #expect(help.status == 0 && help.output.contains("xai-tab lime heart.csv --row 12"))
  }
}
