import Foundation
import Testing

@testable import DataFrames

@Suite struct ByteStreamTests {
  /// A file that is gone when the test is.
  private static func stream<Result>(_ bytes: [UInt8], _ body: (ByteStream) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(try ByteStream(path: path))
  }

  private static func all(_ stream: ByteStream) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try stream.next()
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  @Test(arguments: [0, 1, 2, 3, ByteStream.part - 1, ByteStream.part, 2 * ByteStream.part + 5])
  func plainBytesComeAsTheyStand(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
    try Self.stream(bytes) { stream in
      #expect(stream.size == count && !stream.isCompressed)
      let content = try Self.all(stream)
      #expect(content == bytes)
      #expect(stream.bytesRead == count)
      #expect(stream.sha256() == Digest.sha256(bytes))
      let rest = try stream.next()
      #expect(rest.isEmpty)
    }
  }

  /// The two lines `a,b` and `1,2`, packed; the hash and the size are those of the packing.
  @Test func packedBytesComeUnpacked() throws {
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0x31, 0xE2,
      0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
    ]
    try Self.stream(packed) { stream in
      #expect(stream.isCompressed)
      let content = try Self.all(stream)
      #expect(String(decoding: content, as: UTF8.self) == "a,b\n1,2\n")
      #expect(stream.bytesRead == packed.count && stream.sha256() == Digest.sha256(packed))
    }
    try Self.stream(Array(packed.dropLast(3))) { stream in
      let error = CSVError.corruptGzip(file: stream.path, reason: "it ends early")
      _ = #expect(throws: error) { try Self.all(stream) }
    }
  }

  @Test func whatCannotBeReadIsNamed() {
    #expect(throws: FileError.notFound(path: "/no/such/file")) { try ByteStream(path: "/no/such/file") }
    #expect(throws: FileError.isDirectory(path: "/")) { try ByteStream(path: "/") }
  }
}
