import Foundation

/// A file of Tests/Golden/commands: command lines, and what each of them leaves behind.
///
/// Below some words on what the case is about stand the steps. Each is a line for the shell that begins with `$`; all
/// are run in one folder of the case's own, which holds the files of Data, Tests/Golden/inputs and Tests/Golden/models
/// that the case names. Before a step there may be settings:
///
///     % digits 3            numbers are kept to so many digits, where the machine has a say in the last ones
///     % hash stdout         standard output is recorded by its SHA-256
///     % name-only x.onnx    of this file only that it was written is recorded
///     % needs mnist/x.gz    the case is left out where this file of Data/fetched is absent
///
/// After it follows what was recorded: standard output behind `|`, standard error behind `!`, an exit code other than 0
/// behind `=`, each file that was written, with its SHA-256, behind `+`, and each that was removed behind `-`.
struct GoldenCase: Sendable {
  /// One line for the shell.
  struct Step: Sendable {
    /// The lines before it: empty ones, words and settings.
    var lead: [String] = []
    /// The number of its line in the file, from 1.
    var line: Int
    /// The line for the shell.
    var command: String
    /// What it left behind when it was recorded.
    var recorded: [String] = []

    /// The number of digits that numbers are kept to; nil for all.
    var digits: Int? { values(of: "digits").first.flatMap { Int($0) } }
    /// Whether standard output is recorded by its hash.
    var isHashed: Bool { values(of: "hash") == ["stdout"] }
    /// The files whose content is not recorded.
    var namesOnly: [String] { values(of: "name-only") }

    /// The values of a setting.
    func values(of setting: String) -> [String] {
      lead.compactMap { $0.hasPrefix("% \(setting) ") ? String($0.dropFirst(setting.count + 3)) : nil }
    }
  }

  /// What keeps a file from being a case.
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// The file's name without its ending.
  let name: String
  /// The steps in their order.
  var steps: [Step] = []

  /// Reads a case.
  init(name: String, text: String) throws {
    self.name = name
    var lead: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
      switch line.first {
      case "$":
        guard line.hasPrefix("$ ") else { throw Malformed(description: "\(name):\(index + 1): no command: \(line)") }
        steps.append(Step(lead: lead, line: index + 1, command: String(line.dropFirst(2))))
        lead = []
      case "|", "!", "=", "+", "-":
        guard !steps.isEmpty, lead.isEmpty else {
          throw Malformed(description: "\(name):\(index + 1): a record stands below its command")
        }
        steps[steps.count - 1].recorded.append(line)
      case "%":
        let words = line.split(separator: " ")
        guard words.count == 3, ["digits", "hash", "name-only", "needs"].contains(words[1]) else {
          throw Malformed(description: "\(name):\(index + 1): no setting: \(line)")
        }
        lead.append(line)
      case "#", nil: lead.append(line)
      default: throw Malformed(description: "\(name):\(index + 1): neither command nor record: \(line)")
      }
    }
    guard !steps.isEmpty, lead.allSatisfy(\.isEmpty) else {
      throw Malformed(description: "\(name): the last thing in a case is a command")
    }
  }

  /// The whole file.
  var text: String {
    steps.flatMap { $0.lead + ["$ \($0.command)"] + $0.recorded }.joined(separator: "\n") + "\n"
  }

  /// The files of Data/fetched that the case needs.
  var needs: [String] { steps.flatMap { $0.values(of: "needs") } }
}

extension GoldenCase {
  /// Tests/Golden.
  static let folder = Program.root.appending(path: "Tests/Golden")

  /// The names of all cases.
  static let names = files(in: "commands").map { ($0 as NSString).deletingPathExtension }

  /// The case of a name.
  init(named name: String) throws {
    try self.init(name: name, text: String(contentsOf: Self.file(of: name), encoding: .utf8))
  }

  /// The file of a case.
  static func file(of name: String) -> URL { folder.appending(path: "commands/\(name).txt") }

  /// The names of the files in a folder of Tests/Golden, sorted.
  static func files(in folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: self.folder.appending(path: folder).path)
    return (names ?? []).sorted()
  }
}
