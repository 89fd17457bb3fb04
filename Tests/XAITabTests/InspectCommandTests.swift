import Foundation
import Testing

/// What `inspect` says.
@Suite struct InspectCommandTests {
  @Test func heart() throws {
    let json = try Program.run(["inspect", Program.data("heart.csv"), "--format", "json"]).json
    #expect(json["schema"] as? String == "xai-tab/inspect/1")
    #expect((json["data"] as? [String: Any])?["rows"] as? Int == 303)
    let columns = try #require(json["columns"] as? [[String: Any]])
    #expect(columns.count == 14)
    #expect(columns[0]["name"] as? String == "age" && columns[0]["type"] as? String == "whole number")
    #expect(columns[0]["range"] as? [Double] == [29, 77] && columns[0]["missing"] as? Int == 0)
    let thal = try #require(columns.first { $0["name"] as? String == "thal" })
    #expect(thal["type"] as? String == "category" && thal["missing"] as? Int == 2)
    #expect(thal["levels"] as? [String: Int] == ["fixed defect": 18, "normal": 166, "reversable defect": 117])
    #expect(columns.allSatisfy { $0["setAside"] as? Bool == false })
    #expect(json["alerts"] is [String])
  }

  @Test func identifiersAreSetAsideUnlessNamed() throws {
    try Program.withFolder { folder in
      var text = "id,name,age,y\n"
      for row in 1...30 { text += "\(row),person \(row),\(20 + row % 7),\(row % 2 == 0 ? "a" : "b")\n" }
      let file = try Program.write(text, to: "people.csv", in: folder)
      func setAside(_ more: [String]) throws -> [String] {
        let json = try Program.run(["inspect", file, "--format", "json"] + more).json
        let columns = try #require(json["columns"] as? [[String: Any]])
        return columns.filter { $0["setAside"] as? Bool == true }.compactMap { $0["name"] as? String }
      }
      #expect(try setAside([]) == ["id", "name"])
      #expect(try setAside(["--numeric", "id"]) == ["name"])
      let lime = try Program.run(["lime", file, "--row", "1", "--features", "all", "--format", "json"])
      let explanations = try #require(try lime.json["explanations"] as? [[String: Any]])
      #expect((explanations[0]["terms"] as? [[String: Any]])?.compactMap { $0["column"] as? String } == ["age"])
      #expect(lime.errors.contains("\"id\", \"name\""))
    }
  }

  @Test func textAndCSVHaveALineForEachColumn() throws {
    let text = try Program.run(["inspect", Program.data("penguins.csv")])
    #expect(text.status == 0 && text.output.contains("species") && text.output.contains("Adelie (152)"))
    let csv = try Program.run(["inspect", Program.data("penguins.csv"), "--format", "csv"]).output
    #expect(csv.split(separator: "\n").count == 9)
  }

  @Test func aTransposedFile() throws {
    try Program.withFolder { folder in
      let file = try Program.write(
        "name,s1,s2,s3\ngene1,1.5,2.5,3.5\ngroup,a,b,a\n", to: "wide.csv", in: folder)
      let json = try Program.run(["inspect", file, "--transpose", "--format", "json"]).json
      let columns = try #require(json["columns"] as? [[String: Any]])
      #expect(columns.compactMap { $0["name"] as? String } == ["name", "gene1", "group"])
      #expect((json["data"] as? [String: Any])?["rows"] as? Int == 3)
    }
  }
}
