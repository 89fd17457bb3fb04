import Foundation
import Testing

/// The pages of every command as a browser shows them, for names and cells that would do harm.
@Suite struct PagesInBrowserTests {
  /// Names and words that a careless page would run, break at or overflow by.
  private static let hostile = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", "\"quoted\" 'name' & more",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5E2}\u{5D5}\u{5DC}\u{5DD}", String(repeating: "Wort", count: 40),
    "z" + String(repeating: "\u{301}", count: 30), "\u{202E}desrever", "{{title}} ]]> --> %s",
    "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{6F22}\u{5B57}\u{6F22}\u{5B57}",
  ]

  private static func field(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// 90 rows whose columns and words are hostile, with a target of two classes or a number.
  private static func table(isNumeric: Bool) -> String {
    let names = hostile.prefix(5) + [isNumeric ? "</title>\u{5D0} number" : "</style>\u{5D0} class"]
    var lines = [names.map { field($0) }.joined(separator: ",")]
    for row in 0..<90 {
      let word = hostile[(row * 7 + row / 9) % hostile.count]
      let other = hostile[row % 3]
      let numbers = ["\(row % 10)", row % 11 == 0 ? "" : "\(Double(row * 37 % 100) / 3)", "\(row * row % 17)"]
      let isHigh = row % 10 + row * row % 17 > 12
      let target = isNumeric ? "\(Double(row % 10) * 1e6 + Double(row * row % 17))" : hostile[isHigh ? 5 : 1]
      lines.append(([field(word), field(other)] + numbers + [field(target)]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(.browser) func nothingIsWrongWithAnyPage() throws {
    try Program.withFolder { folder in
      let classes = try Program.write(Self.table(isNumeric: false), to: "classes.csv", in: folder)
      let numbers = try Program.write(Self.table(isNumeric: true), to: "numbers.csv", in: folder)
      func page(_ name: String) -> String { folder.appending(path: name + ".html").path }
      let calls = [
        ["report", classes, "-o", page("report")], ["report", numbers, "--model", "linear", "-o", page("numbers")],
        ["inspect", classes, "--html", page("inspect")],
        ["lime", classes, "--row", "3", "--class", "all", "--html", page("lime")],
        ["lime", classes, "--rows", "1-3", "--samples", "500", "--html", page("rows")],
        ["regress", numbers, "--html", page("regress")], ["importance", classes, "--html", page("importance")],
        ["tree", classes, "--html", page("tree")],
        ["tree", classes, "--method", "c45", "--no-prune", "--html", page("c45")],
        ["rules", classes, "--method", "forest", "--html", page("rules")],
        ["train", classes, "-o", folder.appending(path: "m.onnx").path, "--html", page("train")],
        ["evaluate", classes, "--model", folder.appending(path: "m.onnx").path, "--html", page("evaluate")],
        ["report", Program.data("heart.csv"), "-o", page("heart")],
      ]
      for call in calls {
        let result = try Program.run(call)
        #expect(result.status == 0, "\(call[0]): \(result.errors)")
      }
      let process = Process()
      process.executableURL = URL(filePath: Browser.python)
      process.arguments = [Program.root.appending(path: "Tests/Browser/check_pages.py").path, folder.path]
      let output = folder.appending(path: "problems.txt")
      _ = FileManager.default.createFile(atPath: output.path, contents: nil)
      process.standardOutput = try FileHandle(forWritingTo: output)
      try process.run()
      process.waitUntilExit()
      let problems = try String(contentsOf: output, encoding: .utf8)
      #expect(process.terminationStatus == 0, "\(problems.prefix(4000))")
    }
  }
}
