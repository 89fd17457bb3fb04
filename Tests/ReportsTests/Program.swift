import Foundation
import Testing

/// The gnuplot of this machine, and programs that stand in for it.
enum Program {
  /// Where gnuplot is, or nil.
  static var path: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/gnuplot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Skips a test where gnuplot is missing, unless everything is required to be there: then it runs and fails.
  static var needed: ConditionTrait {
    .enabled(
      if: path != nil || ProcessInfo.processInfo.environment["XAI_TAB_REQUIRE_DATA"] == "1",
      "gnuplot is not installed")
  }

  /// Calls `body` with a new folder, which is removed afterwards; with `script`, a shell program named gnuplot is in
  /// it.
  static func inFolder(script: String? = nil, _ body: (String) throws -> Void) throws {
    // A quote and a space, because neither may have a meaning in a path.
    let folder = FileManager.default.temporaryDirectory.path + "/xai-tab it's \(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    if let script { try write("#!/bin/sh\n\(script)\n", to: folder) }
    try body(folder)
  }

  /// Writes an executable file named gnuplot into a folder.
  ///
  /// Another process does it: a file that this one has open for writing cannot be run while a child that another
  /// test is just starting holds a copy of it.
  static func write(_ text: String, to folder: String) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf %s \"$1\" > \"$2/gnuplot\" && chmod 755 \"$2/gnuplot\"", "sh", text, folder]
    try shell.run()
    shell.waitUntilExit()
    try #require(shell.terminationStatus == 0)
  }
}
