import Foundation
import Testing

@Suite struct RegressCommandTests {
  private static let toyColumns = "age,traveltime,studytime,failures,absences,G1,G2,G3"

  private static func terms(_ json: [String: Any]) throws -> [[String: Any]] {
    try #require(json["terms"] as? [[String: Any]])
  }

  private static func strongest(_ terms: [[String: Any]]) -> String? {
    terms.filter { $0["term"] as? String != "(Intercept)" }.max {
      (($0["t"] as? Double) ?? 0).magnitude < (($1["t"] as? Double) ?? 0).magnitude
    }?["term"] as? String
  }

  @Test(.data("student/student-mat.csv")) func theFinalGradeFollowsTheSecondOne() throws {
    let file = Program.fetched("student/student-mat.csv")
    let json = try Program.run(["regress", file, "--columns", Self.toyColumns, "--format", "json"]).json
    #expect(((json["rSquared"] as? Double ?? 0) - 0.8309).magnitude < 5e-5)
    let terms = try Self.terms(json)
    let second = try #require(terms.first { $0["term"] as? String == "G2" })
    #expect(((second["t"] as? Double ?? 0) - 19.391).magnitude < 5e-4)
    #expect(Self.strongest(terms) == "G2" && json["n"] as? Int == 395)
    let network = try Program.run([
      "regress", file, "--columns", Self.toyColumns, "--model", "network", "--format", "json",
    ]).json
    #expect(Self.strongest(try Self.terms(network)) == "G2")
    let shares = (network["fidelity"] as? [String: Any])?["rSquared"] as? [String: Double]
    #expect((shares?["heldOut"] ?? 0) > 0.8)
  }

  @Test func fidelityStandsInTheFirstLine() throws {
    let result = try Program.run([
      "regress", Program.data("heart.csv"), "--model", "linear", "--logit", "--quiet",
    ])
    #expect(result.status == 0 && result.output.hasPrefix("Fidelity: the regression shows R2 = "))
    #expect(result.output.contains("test nothing about the world"))
  }

  @Test func rowsWithMissingCellsAreCountedByColumn() throws {
    let result = try Program.run(["regress", Program.data("penguins.csv"), "--target", "body_mass_g"])
    #expect(result.output.contains("Compared with: species=Adelie, island=Biscoe, sex=female."))
    #expect(
      result.errors.contains("11 of 344 rows left out, without a target (2), or with missing cells in \"sex\" (9)"))
  }

  private static func run(_ table: String, _ arguments: [String] = []) throws -> Program.Result {
    try Program.run(["regress", "-", "--quiet"] + arguments, input: Data(table.utf8))
  }

  @Test func awkwardTablesEndInASentence() throws {
    let numbers = (0..<12).map { row in "\((row * 7) % 11),\((row * 5) % 13),\(row * row)" }
    func table(_ header: String, _ change: (Int, String) -> String) -> String {
      ([header] + numbers.enumerated().map { change($0.offset, $0.element) }).joined(separator: "\n")
    }
    let constant = try Self.run(table("a,b,c,y") { "4,\($1)" })
    #expect(
      constant.status == 0 && constant.output.contains("no estimate for \"a\", which repeats 4 * \"(Intercept)\""))
    let empty = try Self.run(table("a,b,c,y") { ",\($1)" })
    #expect(empty.status == 0 && empty.output.contains("left out, without a value: \"a\""))
    let target = try Self.run(table("a,b,c,y") { "\($0 * $0),\($1)" })
    #expect(target.status == 65 && target.errors.contains("\"a\" is the target itself"))
    let oneValue = try Self.run(table("a,b,c,y") { "\($1),1" })
    #expect(oneValue.status == 65 && oneValue.errors.contains("there is nothing to learn"))
    let infinite = try Self.run(table("a,b,c,y") { "\($0 == 3 ? "1e999" : "2"),\($1)" })
    #expect(infinite.status == 65 && infinite.errors.contains("row 4, column \"a\""))
    let words = try Self.run(table("b,c,x,y") { "\($1),\($0 % 2 == 0 ? "u" : "v")" })
    #expect(words.status == 65 && words.errors.contains("--positive"))
    let wide = try Self.run("a,b,c,d,y\n1,2,3,4,5\n2,2,1,7,8\n3,1,9,9,1.5\n", ["--numeric", "a"])
    #expect(wide.status == 65 && wide.errors.contains("--top"))
    for result in [constant, empty] { #expect(!result.output.contains("nan") && !result.output.contains("undefined")) }
  }

  @Test func contradictionsAreUsageErrors() throws {
    for arguments in [
      ["--logit"], ["--class", "1"], ["--confidence", "1"], ["--top", "0"], ["--task", "classification"],
    ] {
      #expect(try Program.run(["regress", Program.data("heart.csv")] + arguments).status == 64)
    }
    let unknown = try Program.run([
      "regress", Program.data("penguins.csv"), "--target", "species", "--model", "linear", "--class", "Adelia",
    ])
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean \"Adelie\""))
  }

  @Test func thePageEscapesNamesAndTheCSVHasAllDigits() throws {
    let rows = (0..<9).map { "\($0 * $0 % 7),\($0 * 3 % 8).25,\($0)" }.joined(separator: "\n")
    let page = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: page) }
    let table = "<b>&\"\"x,=1+1,y\n\(rows)\n"
    #expect(try Self.run(table, ["--html", page.path]).status == 0)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("&lt;b&gt;") && !html.contains("<b>&"))
    let csv = try Self.run(table, ["--format", "csv"]).output
    #expect(csv.hasPrefix("term,estimate,standardError,t,p,lower,upper,aliased\n(Intercept),"))
  }
}
