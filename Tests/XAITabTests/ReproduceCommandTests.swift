import Foundation
import Testing

@Suite struct ReproduceCommandTests {
  @Test(.data("student/student-mat.csv")) func theToyExampleIsRunJudgedAndWritten() throws {
    try Program.withFolder { folder in
      let output = folder.appending(path: "pages/review").path
      let result = try Program.run([
        "reproduce", "toy", "--quick", "-o", output, "--format", "json", "--data",
        Program.root.appending(path: "Data/fetched").path,
      ])
      #expect(result.status == 0)
      let json = try result.json
      #expect(json["schema"] as? String == "xai-tab/reproduce/1" && json["quick"] as? Bool == true)
      let parts = try #require(json["parts"] as? [[String: Any]])
      #expect(parts.count == 1)
      let statements = try #require(parts[0]["statements"] as? [[String: Any]])
      #expect(statements.count == 4)
      for statement in statements {
        let numbers = try #require(statement["numbers"] as? [[String: Any]])
        #expect(!numbers.isEmpty && numbers.allSatisfy { $0["value"] is Double })
        #expect(!((statement["criterion"] as? String)?.isEmpty ?? true))
      }
      // The README shows the same by three commands.
      #expect(statements[0]["verdict"] as? String == "holds")
      let saved = try Program.write(result.output, to: "review.json", in: folder)
      let again = folder.appending(path: "again.html").path
      #expect(try Program.run(["report", "--from", saved, "-o", again]).status == 0)
      let shown = try String(contentsOfFile: again, encoding: .utf8)
      for statement in statements { #expect(shown.contains(try #require(statement["criterion"] as? String))) }
      for page in ["toy", "index"] {
        let html = try String(contentsOfFile: "\(output)/\(page).html", encoding: .utf8)
        #expect(html.contains("<!doctype html>") && html.contains("href=\"toy.html\""))
        #expect(!html.contains("http://") || html.contains("xmlns"))
      }
    }
  }

  @Test func anUnknownPartIsAnsweredWithTheNearestAndNothingIsWritten() throws {
    try Program.withFolder { folder in
      let output = folder.appending(path: "pages").path
      let result = try Program.run(["reproduce", "figur3", "-o", output])
      #expect(result.status == 64 && result.output.isEmpty)
      #expect(result.errors.hasPrefix("xai-tab: the review has no part \"figur3\"; did you mean"))
      #expect(result.errors.contains("\"figure3\"") && result.errors.split(separator: "\n").count == 1)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test func aFolderOfDataMustExist() throws {
    let result = try Program.run(["reproduce", "toy", "--data", "/nonexistent/data"])
    #expect(result.status == 66 && result.errors == "xai-tab: /nonexistent/data: no such file\n")
  }
}
