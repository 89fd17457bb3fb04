import DataFrames
import Foundation

/// A case's folder, in which its steps are run one after the other.
struct GoldenRun {
  private let folder: URL
  private let home: URL
  private let normal: GoldenText
  private var files: [String: Data]

  /// Puts the files that the case names into an empty folder.
  init(_ golden: GoldenCase, in folder: URL, version: String) throws {
    home = folder
    self.folder = folder.appending(path: "work")
    normal = GoldenText(version: version)
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: false)
    let words = golden.steps.map(\.command).joined(separator: "\n")
    for file in try Self.sources() where words.contains(file.lastPathComponent) {
      try FileManager.default.copyItem(at: file, to: self.folder.appending(path: file.lastPathComponent))
    }
    files = [:]
    files = try contents()
  }

  /// The files that cases may name.
  private static func sources() throws -> [URL] {
    let own = ["inputs", "models"].map { GoldenCase.folder.appending(path: $0) }
    return try ([Program.root.appending(path: "Data")] + own).flatMap { folder in
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    }
  }

  /// Runs a step: what it leaves behind, as a case records it.
  mutating func record(_ step: GoldenCase.Step) throws -> [String] {
    let output = home.appending(path: "stdout")
    let errors = home.appending(path: "stderr")
    let status = try run(step.command, output: output, errors: errors)
    let text = normal.text(try Data(contentsOf: output), digits: step.digits)
    var record =
      step.isHashed
      ? ["| SHA-256 \(Digest.sha256(Array(text.utf8)))"] : Self.lines(text, mark: "|")
    record += Self.lines(normal.text(try Data(contentsOf: errors), digits: step.digits), mark: "!")
    if status != 0 { record.append("= \(status)") }
    let now = try contents()
    for (name, data) in now.sorted(by: { $0.key < $1.key }) where files[name] != data {
      let hash = step.namesOnly.contains(name) ? "" : " \(normal.hash(data, name: name, digits: step.digits))"
      record.append("+ \(name)\(hash)")
    }
    record += files.keys.filter { now[$0] == nil }.sorted().map { "- \($0)" }
    files = now
    return record
  }

  /// Runs a line of the shell in the case's folder, with nothing of the user's settings; the exit code.
  private func run(_ command: String, output: URL, errors: URL) throws -> Int32 {
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    let inherited = ProcessInfo.processInfo.environment
    var environment = inherited.filter { $0.key.hasPrefix("OPENBLAS_") || $0.key == "LD_LIBRARY_PATH" }
    let programs = [Program.binary.deletingLastPathComponent().path, inherited["PATH"] ?? "/usr/bin:/bin"]
    environment["PATH"] = programs.joined(separator: ":")
    environment["HOME"] = home.path
    environment["LC_ALL"] = "C.UTF-8"
    environment["SOURCE_DATE_EPOCH"] = "1700000000"
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// All files of the case's folder, by their paths in it.
  private func contents() throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    var result: [String: Data] = [:]
    for path in paths {
      let file = folder.appending(path: path)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        result[path] = try Data(contentsOf: file)
      }
    }
    return result
  }

  /// A text's lines behind a mark; a last line without an end is said to have none.
  private static func lines(_ text: String, mark: String) -> [String] {
    guard !text.isEmpty else { return [] }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? mark : "\(mark) \($0)" }
    if text.hasSuffix("\n") { lines.removeLast() } else { lines.append("\(mark)(no end of line)") }
    return lines
  }
}
