import Foundation
import Tensors
import Testing

@testable import DataFrames

@Suite struct MappedFileTests {
  private static func file(_ bytes: [UInt8]) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func bytesAreThoseOfTheFile() throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    let path = try Self.file(bytes)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try #require(try MappedFile(path: path))
    #expect(file.withBytes { Array($0) } == bytes)
    for range in [0..<100_000, 7..<99_999, 50_000..<50_001] {
      var copy = [UInt8](repeating: 0, count: range.count)
      try copy.withUnsafeMutableBytes { try file.read(from: range.lowerBound, into: $0, workers: Workers(count: 2)) }
      #expect(copy == Array(bytes[range]))
    }
    #expect(throws: FileError.unreadable(path: path, reason: "it became shorter while it was read")) {
      var copy = [UInt8](repeating: 0, count: 10)
      try copy.withUnsafeMutableBytes { try file.read(from: 99_995, into: $0, workers: .one) }
    }
  }

  @Test func whatIsNoRegularFileIsNotMapped() throws {
    #expect(throws: FileError.notFound(path: "/no/such/file")) { try MappedFile(path: "/no/such/file") }
    #expect(throws: FileError.isDirectory(path: "/")) { try MappedFile(path: "/") }
    #expect(try MappedFile(path: "/dev/null") == nil)
    let empty = try Self.file([])
    defer { try? FileManager.default.removeItem(atPath: empty) }
    #expect(try MappedFile(path: empty) == nil)
  }
}
