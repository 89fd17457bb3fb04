import Foundation
import Testing

@testable import XAITab

@Suite struct ReportCommandTests {
  /// A page without what tells where and by which command it was made.
  static func content(_ html: String) -> String {
    html.replacing(#/<footer.*</footer>/#.dotMatchesNewlines(), with: "")
  }

  private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func heartHasAllParts() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "heart.html").path
      let result = try Program.run(["report", Program.data("heart.csv"), "-o", page])
      #expect(result.status == 0 && result.output.contains("Wrote \(page)."))
      let html = try Self.text(page)
      #expect(html.utf8.count < 300_000)
      for id in [
        "data", "model", "confusion", "calibration", "matters", "importance", "tree", "regression", "rules", "rows",
        "typical", "surprising", "method", "provenance",
      ] {
        #expect(html.contains("id=\"\(id)\""), "\(id)")
      }
      for part in ["95 % from", "<dt>Seed</dt>", "<dt>SHA-256</dt>", "<dt>Seconds</dt>", "<dt>Threads</dt>", "SP-LIME"]
      {
        #expect(html.contains(part), "\(part)")
      }
    }
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    try Program.withFolder { folder in
      var pages: [String] = []
      for (name, threads) in [("a", "1"), ("b", "2"), ("c", "3")] {
        let page = folder.appending(path: name + ".html").path
        _ = try Program.run(
          ["report", Program.data("penguins.csv"), "--target", "species", "-o", page, "--threads", threads],
          environment: ["SOURCE_DATE_EPOCH": "1700000000"])
        pages.append(try Self.text(page))
      }
      #expect(!pages[0].isEmpty && pages[0] == pages[1] && pages[1] == pages[2])
      #expect(!pages[0].contains("<dt>Seconds</dt>") && pages[0].contains("2023-11-14"))
    }
  }

  @Test func everySavedResultGivesThePageOfItsCommand() throws {
    let heart = Program.data("heart.csv")
    let penguins = Program.data("penguins.csv")
    try Program.withFolder { folder in
      func path(_ name: String) -> String { folder.appending(path: name).path }
      let calls: [[String]] = [
        ["lime", heart, "--row", "12", "--class", "all"],
        ["lime", heart, "--row", "12", "--model", "linear", "--kernel-width", "auto"],
        ["lime", penguins, "--target", "species", "--rows", "1,4-6"], ["lime", heart, "--pick", "3"],
        ["regress", heart], ["regress", heart, "--model", "forest", "--logit", "--robust", "hc3"],
        ["tree", heart, "--prune"], ["tree", penguins, "--target", "body_mass_g", "--max-depth", "3"],
        ["tree", penguins, "--target", "species", "--method", "c45"], ["tree", heart, "--model", "forest"],
        ["importance", heart, "--metric", "log-loss"], ["rules", heart, "--method", "forest"],
        ["rules", heart, "--method", "c45rules"], ["inspect", penguins],
        ["train", heart, "-o", path("m.onnx"), "--model", "linear"], ["evaluate", heart, "--model", path("m.onnx")],
      ]
      for (number, call) in calls.enumerated() {
        let page = path("\(number).html")
        let result = try Program.run(call + ["--format", "json", "--html", page])
        #expect(result.status == 0, "\(call): \(result.errors)")
        let saved = try Program.write(result.output, to: "\(number).json", in: folder)
        let again = try Program.run(["report", "--from", saved, "-o", path("again.html")])
        #expect(again.status == 0, "\(call): \(again.errors)")
        #expect(try Self.content(Self.text(page)) == Self.content(Self.text(path("again.html"))), "\(call)")
      }
      let rules = try Program.write(
        try Program.run(["rules", heart, "--method", "c45rules", "--quiet"]).output, to: "h.rules", in: folder)
      let check = try Program.run(["check", rules, heart, "--format", "json", "--html", path("check.html")])
      let saved = try Program.write(check.output, to: "check.json", in: folder)
      let several = try Program.run(
        ["report", "--from", saved, path("0.json"), path("4.json"), "-o", path("several.html")])
      #expect(several.status == 0)
      let html = try Self.text(path("several.html"))
      for heading in ["Rules of ", "Row 12 of heart.csv", "Regression of diameter narrowing"] {
        #expect(html.contains(heading), "\(heading)")
      }
    }
  }

  @Test func aSavedReportGivesItsPage() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "a.html").path
      let again = folder.appending(path: "b.html").path
      let result = try Program.run(
        ["report", Program.data("heart.csv"), "--model", "linear", "-o", page, "--format", "json"])
      let json = try result.json
      #expect(json["schema"] as? String == "xai-tab/report/1" && json["seed"] as? Int == 0)
      let saved = try Program.write(result.output, to: "a.json", in: folder)
      #expect(try Program.run(["report", "--from", saved, "-o", again]).status == 0)
      #expect(try Self.content(Self.text(page)) == Self.content(Self.text(again)))
    }
  }

  @Test func whatIsNoResultEndsInOneLine() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "a.html").path
      let good = try Program.run(["tree", Program.data("heart.csv"), "--max-depth", "2", "--format", "json"]).output
      let cases: [(text: String, says: String)] = [
        ("age,sex\n1,2\n", "no JSON object"), ("[1, 2]", "no JSON object"), ("", "no JSON object"),
        ("{\"a\": 1}", "no \"schema\""), ("{\"schema\": \"xai-tab/tree/9\"}", "\"xai-tab/tree/9\" is not known"),
        ("{\"schema\": \"xai-tab/tree/1\"}", "\"version\" is missing"),
        (good.replacingOccurrences(of: "\"seed\" : 0", with: "\"seed\" : \"zero\""), "\"seed\" is of another type"),
        (good.replacingOccurrences(of: "\"id\" : 1,", with: "\"id\" : 7,"), "node 1 is not where it should be"),
        (String(good.prefix(good.count / 2)), "no JSON object"),
      ]
      for (text, says) in cases {
        let saved = try Program.write(text, to: "bad.json", in: folder)
        let result = try Program.run(["report", "--from", saved, "-o", page])
        #expect(result.status == 65 && result.errors.contains(says), "\(says): \(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1 && !FileManager.default.fileExists(atPath: page))
      }
      #expect(try Program.run(["report", "--from", folder.path + "/none.json", "-o", page]).status == 66)
    }
  }

  @Test func smallAndOddTables() throws {
    let rows = (1...5).map { "\($0 * $0),\($0 % 2 == 0 ? "yes" : "no")" }.joined(separator: "\n")
    let holes = (1...30).map {
      "\($0 % 7),\($0 % 5 == 0 ? "" : $0 % 3 == 0 ? "x" : "y"),\($0 % 4 == 0 ? "" : "\(Double($0) / 3)")"
    }
    let cases: [(name: String, text: String, more: [String])] = [
      ("five rows of one column", "size,big\n" + rows + "\n", []),
      ("a number without its values", "a,b,c\n" + holes.joined(separator: "\n") + "\n", ["--numeric", "a"]),
      ("no row held out", "a,b,c\n" + holes.joined(separator: "\n") + "\n", ["--target", "b", "--test-fraction", "0"]),
      ("many classes", "a,b\n" + (1...60).map { "\($0 % 9),c\($0 % 20)" }.joined(separator: "\n") + "\n", []),
    ]
    try Program.withFolder { folder in
      for (name, text, more) in cases {
        let file = try Program.write(text, to: "t.csv", in: folder)
        for model in ["forest", "linear"] {
          let page = folder.appending(path: "t.html").path
          let result = try Program.run(["report", file, "-o", page, "--model", model] + more)
          #expect(result.status == 0, "\(name), \(model): \(result.errors)")
          #expect(try Self.text(page).contains("id=\"typical\""), "\(name), \(model)")
        }
      }
    }
  }

  @Test func wideDataAreCutToWhatMatters() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "wide.html").path
      let result = try Program.run(
        ["report", Program.data("bladderbatch_57x22283.csv.gz"), "--target", "cancer", "-o", page])
      #expect(result.status == 0 && result.output.contains("Only 11 rows measure the model"))
      let html = try Self.text(page)
      #expect(html.utf8.count < 1_000_000 && html.contains("of the 22285 columns"))
    }
  }

  @Test func filesAndProgramsAreModels() throws {
    try Program.withFolder { folder in
      let heart = Program.data("heart.csv")
      let model = folder.appending(path: "m.onnx").path
      let page = folder.appending(path: "m.html").path
      _ = try Program.run(["train", heart, "-o", model])
      let ofFile = try Program.run(["report", heart, "--model", model, "-o", page])
      #expect(ofFile.status == 0 && ofFile.output.contains("303 rows of the file"), "\(ofFile.errors)")
      #expect(try Program.run(["report", heart, "--model", model, "-o", model]).status == 64)
      #expect(try Program.run(["report", heart, "-o", heart]).status == 64)
    }
  }

  @Test func withoutGnuplotTheRestIsThere() throws {
    try Program.withFolder { folder in
      let page = folder.appending(path: "a.html").path
      let result = try Program.run(
        ["report", Program.data("heart.csv"), "-o", page], environment: ["PATH": folder.path])
      #expect(result.status == 0 && result.errors.contains("gnuplot"))
      let html = try Self.text(page)
      #expect(!html.contains("<svg") && html.contains("There is no figure here") && html.contains("id=\"surprising\""))
    }
  }

  @Test func wrongCalls() throws {
    let heart = Program.data("heart.csv")
    #expect(try Program.run(["report", heart]).status == 64)
    #expect(try Program.run(["report", heart, heart, "-o", "x.html"]).status == 64)
    #expect(try Program.run(["report", "--from", heart]).status == 64)
    #expect(try Program.run(["report", "/nowhere.csv", "-o", "/tmp/x.html"]).status == 66)
    #expect(try Program.run(["report", heart, "-o", "/nowhere/x.html"]).status == 73)
  }
}
