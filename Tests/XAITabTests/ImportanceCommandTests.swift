import Foundation
import Testing

@Suite struct ImportanceCommandTests {
  private static let toyColumns = "age,traveltime,studytime,failures,absences,G1,G2,G3"

  private static func columns(_ result: Program.Result) throws -> [[String: Any]] {
    try #require(try result.json["columns"] as? [[String: Any]])
  }

  @Test(.data("student/student-mat.csv")) func theNetworkNeedsTheSecondGradeMost() throws {
    let file = Program.fetched("student/student-mat.csv")
    let result = try Program.run([
      "importance", file, "--columns", Self.toyColumns, "--model", "network", "--format", "json",
    ])
    #expect(try Self.columns(result)[0]["column"] as? String == "G2")
    #expect(try result.json["metric"] as? String == "r2" && result.json["rowsScored"] as? Int == 79)
  }

  @Test func theResultSaysWhichRowsWereScored() throws {
    let file = Program.data("heart.csv")
    let heldOut = try Program.run(["importance", file, "--quiet", "--trees", "20"])
    #expect(heldOut.output.contains("on 61 held-out rows"))
    let bag = try Program.run(["importance", file, "--quiet", "--trees", "20", "--test-fraction", "0"])
    #expect(bag.output.contains("(out of bag)"))
    let seen = try Program.run(["importance", file, "--model", "linear", "--test-fraction", "0"])
    #expect(seen.output.contains("rows that the model was trained on") && seen.errors.contains("no rows are held out"))
  }

  @Test(arguments: ["permute", "drop", "mean", "conditional"]) func everyWayIsTheSameForAnyThreads(way: String) throws {
    func run(_ threads: String) throws -> String {
      try Program.run([
        "importance", Program.data("penguins.csv"), "--target", "species", "--trees", "10", "--by", way, "--repeats",
        "2",
        "--format", "json", "--threads", threads,
      ]).output
    }
    let one = try run("1")
    #expect(one == (try run("3")) && one.contains("\"method\" : \"\(way)\""))
  }

  @Test func wideDataTakeAnInstant() throws {
    let result = try Program.run([
      "importance", Program.data("bladderbatch_57x22283.csv.gz"), "--metric", "log-loss", "--format", "json",
    ])
    let columns = try Self.columns(result)
    #expect(columns.count == 22_283 && (columns[0]["importance"] as? Double ?? 0) > 0)
    #expect(columns.count { $0["importance"] as? Double == 0 } > 20_000)
  }

  @Test func groupsAreTakenAwayTogether() throws {
    let arguments = ["importance", Program.data("heart.csv"), "--trees", "10", "--format", "json", "--groups"]
    let given = try Self.columns(try Program.run(arguments + ["age,max HR;gender"]))
    #expect(given.contains { $0["members"] as? [String] == ["age", "max HR"] } && given.count == 12)
    let unknown = try Program.run(arguments + ["agee,gender"])
    #expect(unknown.status == 64 && unknown.errors.contains("\"age\""))
    #expect(try Program.run(arguments + ["age,age"]).status == 64)
    #expect(try Program.run(arguments + [";"]).status == 64)
  }

  @Test func aMetricThatDoesNotFitNamesThoseThatDo() throws {
    let result = try Program.run(["importance", Program.data("heart.csv"), "--metric", "r2"])
    #expect(result.status == 64 && result.errors.contains("accuracy, balanced-accuracy, log-loss, auc"))
    let dropped = try Program.run(["importance", Program.data("heart.csv"), "--by", "drop", "--model", "command:cat"])
    #expect(dropped.status == 64)
  }

  @Test func thePageAndTheCSVHaveAllColumns() throws {
    let page = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: page) }
    let file = Program.data("heart.csv")
    #expect(try Program.run(["importance", file, "--trees", "10", "--quiet", "--html", page.path]).status == 0)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("<svg") && html.contains("major vessels colored"))
    let csv = try Program.run(["importance", file, "--trees", "10", "--quiet", "--format", "csv"]).output
    #expect(
      csv.split(separator: "\n").count == 14 && csv.hasPrefix("column,importance,standardDeviation,ratio,p,impurity\n"))
  }
}
