import Foundation
import Testing

/// Python with the packages that a test compares with.
enum Python {
  /// Runs Python; nil where it or one of the packages is missing, and that is said.
  static func run(_ arguments: [String], with packages: [String]) throws -> (status: Int32, output: String)? {
    let check = "import " + packages.joined(separator: ", ")
    guard let found = try? start(["-c", check]), found.status == 0 else {
      print("skipped: python3 with \(packages.joined(separator: ", ")) is missing")
      return nil
    }
    return try start(arguments)
  }

  private static func start(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
