import Foundation
import Testing

@Suite struct CheckCommandTests {
  private static let heart = Program.data("heart.csv")

  /// Votes, words, numbers, missing cells, and a class and a word that the data do not have.
  private static let voting = """
    # xai-tab rules 1, vote
    IF age > 50 AND chest pain in {asymptomatic} THEN 1   # support 10, correct 8
    IF age > 50 AND thal in {"reversable defect"} THEN 1   # support 12, correct 11
    IF max HR > 150 THEN 0   # support 50, correct 40
    IF major vessels colored is missing THEN 0   # support 4, correct 3
    IF thal in {"never seen"} or missing THEN 2   # support 3, correct 1
    IF slope peak exc ST is known AND age <= 40 THEN 0   # support 20, correct 11
    ELSE 0

    """

  private static func list(_ rule: String, else other: String) -> String {
    "# xai-tab rules 1, first match\n\(rule)\nELSE \(other)\n"
  }

  private static func names(_ file: String) throws -> String {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return String(try #require(text.split(whereSeparator: \.isNewline).first))
  }

  private static func comparable(_ json: [String: Any]) -> NSDictionary {
    var json = json
    for key in ["model", "warnings"] { json[key] = nil }
    return json as NSDictionary
  }

  @Test func rowsInBatchesGiveTheFiguresOfTheWholeTable() throws {
    try Program.withFolder { folder in
      let model = folder.appending(path: "heart.onnx").path
      #expect(try Program.run(["train", Self.heart, "--trees", "10", "-o", model, "--quiet"]).status == 0)
      // With --columns a table is read whole.
      let whole = ["--columns", try Self.names(Self.heart)]
      let voting = try Program.write(Self.voting, to: "vote.rules", in: folder)
      let learned = folder.appending(path: "learned.rules").path
      for method in ["c45rules", "forest"] {
        let rules = try Program.run(["rules", Self.heart, "--method", method, "--trees", "10", "--quiet"])
        try Data(rules.output.utf8).write(to: URL(filePath: learned))
        for options in [[], ["--model", model], ["--against", voting], ["--against", voting, "--model", model]] {
          let arguments = ["check", learned, Self.heart, "--format", "json", "--quiet"] + options
          let batches = try Program.run(arguments)
          let table = try Program.run(arguments + whole)
          #expect(batches.status == 0 && table.status == 0, "\(batches.errors) \(table.errors)")
          #expect(try Self.comparable(batches.json) == Self.comparable(table.json), "\(method) \(options)")
        }
      }
      let batches = try Program.run(["check", voting, Self.heart, "--format", "json"]).json
      let warnings = try #require(batches["warnings"] as? [String])
      #expect(warnings == ["the data do not have the class \"2\", \"never seen\" of \"thal\""])
    }
  }

  @Test func aLineARowAddsUpToTheFigures() throws {
    try Program.withFolder { folder in
      let rules = try Program.write(Self.voting, to: "vote.rules", in: folder)
      let result = try Program.run(["check", rules, Self.heart, "--format", "ndjson", "--quiet"])
      let lines = try result.output.split(separator: "\n").map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(lines.count == 305 && lines[0]["schema"] as? String == "xai-tab/check/1")
      let rows = lines[1..<304]
      let last = lines[304]
      let metrics = try #require(last["metrics"] as? [String: Any])
      let right = rows.count { ($0["class"] as? String) == ($0["actual"] as? String) }
      #expect(metrics["accuracy"] as? Double == Double(right) / 303)
      #expect(last["uncoveredCount"] as? Int == rows.count { $0["rule"] is NSNull })
      #expect(
        rows.reduce(0) { $0 + ($1["firing"] as? Int ?? 0) } == Int(303 * (metrics["overlap"] as? Double ?? 0) + 0.5))
      #expect(last["rows"] as? Int == 303 && last["failed"] as? Int == 0)
      let json = try Program.run(["check", rules, Self.heart, "--format", "json"]).json
      #expect(NSDictionary(dictionary: metrics) == (json["metrics"] as? NSDictionary))
    }
  }

  @Test func oddCellsAreMissingWhereNearlyAllAreNumbersAndElseThatIsSaid() throws {
    try Program.withFolder { folder in
      let rules = try Program.write(Self.list("IF x > 30 THEN b", else: "a"), to: "x.rules", in: folder)
      func check(_ odd: Int, of count: Int) throws -> (batches: Program.Result, table: Program.Result) {
        let cells = (0..<count).map { $0 % (count / max(1, odd)) == 3 ? "unknown" : "\($0)" }
        let file = try Program.write(
          "x,y\n" + cells.map { "\($0),\($0.count == 1 ? "a" : "b")\n" }.joined(), to: "x.csv", in: folder)
        let arguments = ["check", rules, file, "--format", "json"]
        return (try Program.run(arguments), try Program.run(arguments + ["--columns", "x,y"]))
      }
      let few = try check(2, of: 100)
      #expect(few.batches.status == 0 && few.batches.errors.contains("2 cells are no numbers"))
      #expect(try Self.comparable(few.batches.json) == Self.comparable(few.table.json))
      let many = try check(10, of: 100)
      #expect(many.batches.status == 65 && many.table.status == 65)
      #expect(many.batches.errors.contains("the column \"x\" holds words, and the rule compares it with a number"))
      #expect(many.batches.output.isEmpty)
    }
  }

  @Test func mistakesInBatchesAreToldApart() throws {
    try Program.withFolder { folder in
      let file = try Program.write("x,word,y\n1,2,a\n2,3,b\n3,4,a\n", to: "x.csv", in: folder)
      for (text, status, message) in [
        (Self.list("IF z > 1 THEN a", else: "b"), 65, "rule 1: the data have no column \"z\""),
        (Self.list("IF y > 1 THEN a", else: "b"), 65, "rule 1: the data have no column \"y\""),
        (Self.list("IF word in {\"2\"} THEN a", else: "b"), 65, "holds numbers, and the rule asks for words"),
      ] as [(String, Int32, String)] {
        let rules = try Program.write(text, to: "x.rules", in: folder)
        let result = try Program.run(["check", rules, file])
        #expect(result.status == status && result.errors.contains(message), "\(result.errors)")
        #expect(result.output.isEmpty)
      }
      let rules = try Program.write(Self.list("IF word in {\"2\"} THEN a", else: "b"), to: "x.rules", in: folder)
      #expect(try Program.run(["check", rules, file, "--categorical", "word"]).status == 0)
      #expect(try Program.run(["check", rules, file, "--target", "x", "-o", "/tmp/never"]).status == 64)
      let numbers = try Program.write("x,y\n" + (0..<40).map { "\($0),\($0).5\n" }.joined(), to: "y.csv", in: folder)
      let default1 = try Program.write(Self.list("IF x > 3 THEN a", else: "b"), to: "d.rules", in: folder)
      let target = try Program.run(["check", default1, numbers])
      #expect(target.status == 64 && target.errors.contains("the target is a number"), "\(target.errors)")
      #expect(try Program.run(["check", default1, numbers, "--above", "20"]).status == 0)
    }
  }

  @Test func aPackedTableIsCheckedAsItIs() throws {
    try Program.withFolder { folder in
      let rules = try Program.write(Self.voting, to: "vote.rules", in: folder)
      let copy = folder.appending(path: "heart.csv")
      try FileManager.default.copyItem(at: URL(filePath: Self.heart), to: copy)
      let gzip = try Process.run(URL(filePath: "/usr/bin/env"), arguments: ["gzip", "-k", copy.path])
      gzip.waitUntilExit()
      let plain = try Program.run(["check", rules, copy.path, "--format", "json"]).json
      let packed = try Program.run(["check", rules, copy.path + ".gz", "--format", "json"]).json
      #expect(plain["metrics"] as? NSDictionary == packed["metrics"] as? NSDictionary)
      #expect(plain["metrics"] != nil)
    }
  }
}
