import Foundation
import Testing

@Suite struct TreeCommandTests {
  private static let toyColumns = "age,traveltime,studytime,failures,absences,G1,G2,G3"

  private static func strongest(_ json: [String: Any]) -> String? {
    (json["importances"] as? [String: Double])?.max { $0.value < $1.value }?.key
  }

  @Test(
    "The final grade follows the second one, in trees of the data and of the network",
    .data("student/student-mat.csv"))
  func strongestColumn() throws {
    let file = Program.fetched("student/student-mat.csv")
    for model in [[], ["--model", "network"]] {
      let result = try Program.run(
        ["tree", file, "--columns", Self.toyColumns, "--above", "mean", "--format", "json"] + model)
      #expect(Self.strongest(try result.json) == "G2", "\(model)")
      let nodes = try #require(try result.json["nodes"] as? [[String: Any]])
      #expect(nodes[0]["column"] as? String == "G2")
    }
  }

  @Test func nodesFormATreeAndCountsAddUp() throws {
    let json = try Program.run(["tree", Program.data("heart.csv"), "--format", "json"]).json
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    var seen = Set<Int>()
    for (place, node) in nodes.enumerated() {
      #expect(node["id"] as? Int == place)
      guard let children = node["children"] as? [Int] else {
        #expect(node["column"] == nil && node["distribution"] != nil)
        continue
      }
      #expect(node["column"] is String && (node["threshold"] != nil) != (node["branches"] != nil))
      let counts = children.compactMap { nodes[$0]["count"] as? Int }
      #expect(counts.reduce(0, +) == node["count"] as? Int)
      for child in children { #expect(child > place && seen.insert(child).inserted) }
    }
    #expect(seen.count == nodes.count - 1 && nodes[0]["count"] as? Int == 303)
    let shares = try #require(json["importances"] as? [String: Double])
    #expect((shares.values.reduce(0, +) - 1).magnitude < 1e-12 && shares.count == 13)
    #expect((json["metrics"] as? [String: [String: Double]])?["train"]?["accuracy"] == 1)
  }

  @Test func fidelityStandsInTheFirstLine() throws {
    let result = try Program.run([
      "tree", Program.data("heart.csv"), "--model", "linear", "--max-depth", "2", "--quiet",
    ])
    #expect(result.output.hasPrefix("Fidelity to the model: on 61 held-out rows accuracy "))
    #expect(result.output.contains("|--- "))
  }

  @Test func pruningAndLimitsMakeSmallerTrees() throws {
    func leaves(_ arguments: [String]) throws -> Int {
      let json = try Program.run(
        ["tree", Program.data("penguins.csv"), "--target", "species", "--format", "json"] + arguments
      ).json
      return try #require(json["nodes"] as? [[String: Any]]).count { $0["column"] == nil }
    }
    let full = try leaves([])
    #expect(try leaves(["--max-leaves", "3"]) == 3)
    #expect(try leaves(["--prune"]) < full)
    #expect(try leaves(["--max-depth", "1"]) == 2)
    #expect(try leaves(["--criterion", "entropy", "--class-weight", "balanced"]) > 2)
  }

  @Test func oneHotTestsOneWordAtATime() throws {
    let output = try Program.run(["tree", Program.data("heart.csv"), "--one-hot", "--max-depth", "2", "--quiet"]).output
    #expect(output.contains("=") && !output.contains(" in {"))
  }

  @Test func ofManyWordsTheFirstAreShown() throws {
    try Program.withFolder { folder in
      let rows = (0..<120).map { "word\($0 % 40),\($0 % 40 < 20 ? "yes" : "no")" }
      let file = try Program.write("code,answer\n" + rows.joined(separator: "\n") + "\n", to: "words.csv", in: folder)
      let options = ["tree", file, "--target", "answer", "--max-depth", "1", "--quiet"]
      let lines = try Program.run(options).output.split(separator: "\n").filter { $0.contains("code in {") }
      #expect(
        lines.count == 2 && lines.allSatisfy { $0.hasSuffix(", and 8 more}") && $0.count(where: { $0 == "," }) == 12 })
      let nodes = try #require(try Program.run(options + ["--format", "json"]).json["nodes"] as? [[String: Any]])
      #expect((nodes[0]["branches"] as? [[String]])?.map(\.count) == [20, 20])
    }
  }

  @Test func c45HasABranchForEachCategory() throws {
    let result = try Program.run(["tree", Program.data("heart.csv"), "--method", "c45", "--format", "json"])
    let json = try result.json
    let nodes = try #require(json["nodes"] as? [[String: Any]])
    // As many as J48 of Weka has.
    #expect(nodes.count == 55 && nodes.count { $0["column"] == nil } == 32)
    #expect(nodes[0]["column"] as? String == "thal")
    #expect(nodes[0]["branches"] as? [[String]] == [["fixed defect"], ["normal"], ["reversable defect"]])
    var seen = Set<Int>()
    for (place, node) in nodes.enumerated() {
      #expect(node["id"] as? Int == place)
      let shares = try #require(node["distribution"] as? [String: Double])
      #expect((shares.values.reduce(0, +) - 1).magnitude < 1e-12)
      guard let children = node["children"] as? [Int] else { continue }
      #expect((node["threshold"] != nil) != (node["branches"] != nil))
      let counts = children.compactMap { nodes[$0]["count"] as? Double }
      #expect((counts.reduce(0, +) - (node["count"] as? Double ?? .nan)).magnitude < 1e-9)
      for child in children { #expect(child > place && seen.insert(child).inserted) }
    }
    #expect(seen.count == nodes.count - 1)
    let shares = try #require(json["importances"] as? [String: Double])
    #expect((shares.values.reduce(0, +) - 1).magnitude < 1e-12 && shares.count == 13)
    #expect((json["metrics"] as? [String: [String: Double]])?["crossValidated"]?["accuracy"] ?? 0 > 0.7)
  }

  @Test func c45AsTextAndAsAPage() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "tree.html").path
    let result = try Program.run([
      "tree", Program.data("penguins.csv"), "--target", "species", "--method", "c45", "--html", page,
    ])
    #expect(result.status == 0 && result.output.contains("9 leaves, depth 4"))
    #expect(
      result.output.contains("|   |   |--- island = Torgersen\n|   |   |   |--- class: Adelie (2.18 rows, 100 %)"))
    #expect(result.errors.contains("11 rows have missing cells"))
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("= Torgersen") && html.contains("<svg"))
  }

  @Test func c45IsToldHowToPrune() throws {
    func leaves(_ arguments: [String]) throws -> Int {
      let json = try Program.run(
        ["tree", Program.data("heart.csv"), "--method", "c45", "--format", "json"] + arguments
      ).json
      return try #require(json["nodes"] as? [[String: Any]]).count { $0["column"] == nil }
    }
    #expect(try leaves(["--no-prune"]) == 50)
    #expect(try leaves(["--confidence", "0.1", "--min-samples-leaf", "5"]) == 14)
    #expect(try leaves(["--release-8"]) <= leaves([]))
    #expect(try leaves(["--group-categories"]) != leaves([]))
    for arguments in [
      ["--method", "c45", "--one-hot"], ["--method", "c45", "--criterion", "gini"], ["--release-8"],
      ["--method", "c45", "--confidence", "0.7"], ["--method", "c45", "--target", "age"],
    ] {
      #expect(try Program.run(["tree", Program.data("heart.csv")] + arguments).status == 64, "\(arguments)")
    }
  }

  @Test func awkwardTablesEndInASentence() throws {
    func run(_ table: String, _ arguments: [String] = []) throws -> Program.Result {
      try Program.run(["tree", "-", "--quiet"] + arguments, input: Data(table.utf8))
    }
    let rows = (0..<12).map { "\($0 % 5),\($0 % 3 == 0 ? "u" : "v")" }.joined(separator: "\n")
    #expect(try run("a,y\n\(rows)\n").status == 0)
    let oneClass = try run("a,y\n1,u\n2,u\n4,u\n")
    #expect(oneClass.status == 65 && oneClass.errors.contains("nothing to learn"))
    let constant = try run("a,y\n" + (0..<12).map { "7,\($0 % 2 == 0 ? "u" : "v")" }.joined(separator: "\n") + "\n")
    #expect(constant.status == 0 && constant.output.contains("1 leaf"))
    let empty = try run(
      "a,b,y\n" + (0..<12).map { ",\($0),\($0 % 2 == 0 ? "u" : "v")" }.joined(separator: "\n") + "\n",
      ["--numeric", "b"])
    #expect(empty.status == 0)
    let unknown = try run("a,y\n\(rows)\n", ["--class-weight", "w=2"])
    #expect(unknown.status == 64 && unknown.errors.contains("there is no class \"w\""))
    #expect(try run("a,y\n\(rows)\n", ["--class-weight", "u=-1"]).status == 64)
  }

  @Test func thePageHoldsTheDrawnTree() throws {
    let page = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: page) }
    let table = "<i>&,y\n" + (0..<20).map { "\($0),\($0 > 9 ? "<u>" : "v")" }.joined(separator: "\n") + "\n"
    #expect(
      try Program.run(["tree", "-", "--quiet", "--numeric", "<i>&", "--html", page.path], input: Data(table.utf8))
        .status == 0)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("<svg") && html.contains("|--- &lt;i&gt;&amp; &lt;= 9.5") && !html.contains("<i>"))
  }
}
