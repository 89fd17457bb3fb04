import Foundation
import Testing

/// The built command, run as a user runs it.
enum Program {
  /// The repository's folder, from this file's own place.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file of Data/.
  static func data(_ name: String) -> String { root.appending(path: "Data").appending(path: name).path }

  /// A file of Data/fetched; a test that needs it has the trait `data`.
  static func fetched(_ path: String) -> String { root.appending(path: "Data/fetched").appending(path: path).path }

  /// Whether a file of Data/fetched is there.
  static func isFetched(_ path: String) -> Bool { FileManager.default.fileExists(atPath: fetched(path)) }

  /// What a run left behind.
  struct Result {
    let status: Int32
    /// Whether a signal ended it.
    let wasKilled: Bool
    let output: String
    let errors: String

    /// The output as a JSON object.
    var json: [String: Any] {
      get throws {
        try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      }
    }
  }

  /// The command stands beside the test runner.
  static let binary = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "xai-tab")

  /// Runs `xai-tab` with the given arguments.
  static func run(
    _ arguments: [String], input: Data = Data(), environment changes: [String: String] = [:],
    outputTo device: String? = nil, whileRunning body: (Process) -> Void = { _ in }
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: neither side can wait for the other.
    let files = try ["in", "out", "err"].map { name in
      let file = folder.appending(path: name)
      try (name == "in" ? input : Data()).write(to: file)
      return try name == "in" ? FileHandle(forReadingFrom: file) : FileHandle(forWritingTo: file)
    }
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }
    process.standardInput = files[0]
    process.standardOutput = try device.map { try FileHandle(forWritingTo: URL(filePath: $0)) } ?? files[1]
    process.standardError = files[2]
    try process.run()
    body(process)
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }
    return Result(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try text("out"), errors: try text("err"))
  }

  /// Runs `xai-tab` and interrupts it, as Ctrl-C does, as soon as it listens.
  static func interrupted(_ arguments: [String]) throws -> Result {
    try run(arguments) { process in
      // Before the program listens the signal would be lost where this runs in the background of a shell, or kill it.
      func listens() -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let caught = status?.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
        return caught.flatMap { UInt64($0, radix: 16) }.map { $0 >> UInt64(SIGINT - 1) & 1 == 1 } ?? false
      }
      let end = Date(timeIntervalSinceNow: 60)
      while process.isRunning, !listens(), Date() < end { Thread.sleep(forTimeInterval: 0.05) }
      kill(process.processIdentifier, SIGINT)
    }
  }

  /// A folder of the test's own, removed after `body`.
  static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Writes a file into `folder` and returns its path.
  static func write(_ text: String, to name: String, in folder: URL) throws -> String {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
