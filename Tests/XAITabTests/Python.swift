import Foundation

/// Python with the packages that a test compares with.
enum Python {
  /// Whether Python is there with these packages.
  static func has(_ packages: [String]) -> Bool {
    (try? run(["-c", "import " + packages.joined(separator: ", ")]))?.status == 0
  }

  /// Runs Python.
  static func run(_ arguments: [String], input: String = "") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = FileHandle.nullDevice
    try process.run()
    if !input.isEmpty { source.fileHandleForWriting.write(Data(input.utf8)) }
    try source.fileHandleForWriting.close()
    let output = try sink.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
