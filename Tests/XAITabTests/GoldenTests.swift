import ArgumentParser
import Foundation
import Testing

@testable import XAITab

/// The command line as people meet it: what each case of Tests/Golden/commands prints, says, writes and ends with.
///
/// `XAI_TAB_BLESS=1 Scripts/test --filter GoldenTests` records anew what the cases leave behind; the difference that
/// git then shows is to be read before it is kept.
@Suite struct GoldenTests {
  private static let isBlessing = ProcessInfo.processInfo.environment["XAI_TAB_BLESS"] == "1"
  private static let version = Result { try Program.run(["--version"]).output.trimmingCharacters(in: .newlines) }

  @Test("The command does as recorded", arguments: GoldenCase.names)
  func command(name: String) throws {
    var golden = try GoldenCase(named: name)
    for file in golden.needs where !Program.isFetched(file) && !Requirements.areStrict {
      try Test.cancel("Data/fetched/\(file) is absent; Scripts/get-data fetches it")
    }
    try Program.withFolder { folder in
      var run = try GoldenRun(golden, in: folder, version: Self.version.get())
      for index in golden.steps.indices {
        let step = golden.steps[index]
        let found = try run.record(step)
        if Self.isBlessing {
          golden.steps[index].recorded = found
        } else if let difference = Self.difference(step.recorded, found) {
          Issue.record("Tests/Golden/commands/\(name).txt:\(step.line)\n  $ \(step.command)\n\(difference)")
        }
      }
    }
    if Self.isBlessing { try Data(golden.text.utf8).write(to: GoldenCase.file(of: name)) }
  }

  /// The first lines that differ, with what stands before them; nil where none does.
  private static func difference(_ recorded: [String], _ found: [String]) -> String? {
    guard recorded != found else { return nil }
    let same = zip(recorded, found).prefix { $0 == $1 }.count
    func lines(_ all: [String]) -> String {
      let rest = all.dropFirst(same).prefix(5).map { "    \($0)\n" }.joined()
      return rest.isEmpty ? "    (nothing more)\n" : rest
    }
    let before = recorded[..<same].suffix(2).map { "    \($0)\n" }.joined()
    return before + "  recorded:\n" + lines(recorded) + "  now:\n" + lines(found)
  }

  @Test("Each command, and each file that cases are made of, is in a case")
  func nothingIsLeftOut() throws {
    let cases = try GoldenCase.names.map { try GoldenCase(named: $0) }
    #expect(cases.allSatisfy { FileManager.default.fileExists(atPath: GoldenCase.file(of: $0.name).path) })
    let commands = cases.flatMap(\.steps).map(\.command)
    for command in Self.commands(XAITab.self, behind: "xai-tab") {
      #expect(commands.contains { $0.contains(command) }, "no case of \(command)")
    }
    for file in GoldenCase.files(in: "inputs") + GoldenCase.files(in: "models") {
      #expect(commands.contains { $0.contains(file) }, "no case of \(file)")
    }
  }

  /// The words that call each command and its subcommands.
  private static func commands(_ command: any ParsableCommand.Type, behind words: String) -> [String] {
    let configuration = command.configuration
    let parts = configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
    let named = parts.filter { $0 != configuration.defaultSubcommand }
    return [words] + named.flatMap { commands($0, behind: "\(words) \($0.configuration.commandName ?? "")") }
  }

  @Test("Numbers are kept to significant digits, and are no part of words")
  func rounding() {
    let text = "R2 0.12345, 1234567 rows, 98.7654e-3, n2.12345, 3f2.50001a, 5.1234e-18, -0.00098765"
    #expect(
      GoldenText.rounded(text, digits: 3)
        == "R2 0.123, 1234567 rows, 0.0988, n2.12345, 3f2.50001a, 0, -0.000988")
    #expect(GoldenText.rounded(text, digits: nil) == text)
  }

  @Test(
    "A case that is none is an error",
    arguments: ["", "# words\n", "| no command\n", "$ a\n% size 3\n", "$ a\nb\n", "$ a\n# words\n| b\n"])
  func malformed(text: String) {
    #expect(throws: GoldenCase.Malformed.self) { try GoldenCase(name: "case", text: text) }
  }
}
