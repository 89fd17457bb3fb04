import DataFrames
import FoundationEssentials
import Runs

/// Files that a command writes.
enum OutputFile {
  /// Refuses an output that is an input, under whatever name, and one that is no file.
  /// - Throws: `UsageError`, and `FileError.cannotWrite` where it is known beforehand that nothing can be written.
  static func check(_ output: String, isNoneOf inputs: [String]) throws {
    if output == "-" { throw UsageError.contradiction("a page goes to a file, not to standard output") }
    for input in inputs where input != "-" && (resolved(output) == resolved(input) || isSameFile(output, input)) {
      throw UsageError.overwritesInput(path: output)
    }
    try AtomicFile.check(output)
  }

  /// Refuses outputs as the other check does, and two that go to one file.
  /// - Throws: as the other check.
  static func check(_ outputs: [String], isNoneOf inputs: [String]) throws {
    for (place, output) in outputs.enumerated() {
      if outputs[..<place].contains(where: { resolved($0) == resolved(output) }) {
        throw UsageError.contradiction("two results go to one file, \(output)")
      }
      try check(output, isNoneOf: inputs)
    }
  }

  private static func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    let attributes = [one, other].map { try? FileManager.default.attributesOfItem(atPath: resolved($0)) }
    guard let first = attributes[0], let second = attributes[1] else { return false }
    let number = FileAttributeKey.systemFileNumber
    let device = FileAttributeKey.systemNumber
    guard let inode = first[number] as? Int, let volume = first[device] as? Int else { return false }
    return inode == second[number] as? Int && volume == second[device] as? Int
  }
}
