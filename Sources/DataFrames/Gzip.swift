import CZlib

/// Unpacking of gzip data (RFC 1952).
enum Gzip {
  /// Whether the bytes begin as gzip data do.
  static func isGzip(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The content of all members, one after another. Zeros after the last member are padding.
  ///
  /// Memory grows with what really comes out, whatever the file says of its size.
  /// - Throws: `CSVError.corruptGzip` for data that end early, fail a check or have something else behind them.
  static func unpacked(_ bytes: [UInt8], file: String) throws -> [UInt8] {
    var stream = z_stream()
    let windowOfGzip: Int32 = 15 + 16
    guard inflateInit2_(&stream, windowOfGzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw CSVError.outOfMemory(file: file)
    }
    defer { inflateEnd(&stream) }
    var content: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 18)
    var position = 0
    while position < bytes.count {
      let (status, taken, given) = step(&stream, bytes, from: position, into: &part)
      position += taken
      content.append(contentsOf: part[..<given])
      switch status {
      case Z_OK:
        continue
      case Z_STREAM_END:
        if bytes[position...].allSatisfy({ $0 == 0 }) { return content }
        guard isGzip(bytes[position...]) else {
          throw CSVError.corruptGzip(file: file, reason: "something else follows it")
        }
        inflateReset(&stream)
      case Z_BUF_ERROR:
        throw CSVError.corruptGzip(file: file, reason: "it ends early")
      default:
        let message = stream.msg.map { String(cString: $0) } ?? "status \(status)"
        throw CSVError.corruptGzip(file: file, reason: message)
      }
    }
    // A full last part may leave bytes inside zlib, so it is asked until it has no more.
    while true {
      let (status, _, given) = step(&stream, bytes, from: position, into: &part)
      content.append(contentsOf: part[..<given])
      if status == Z_STREAM_END { return content }
      if status != Z_OK || given == 0 { throw CSVError.corruptGzip(file: file, reason: "it ends early") }
    }
  }

  /// One call of zlib: what it answers, how many bytes it took and how many it gave.
  private static func step(
    _ stream: inout z_stream, _ bytes: [UInt8], from position: Int, into part: inout [UInt8]
  ) -> (status: Int32, taken: Int, given: Int) {
    let offered = min(bytes.count - position, Int(Int32.max))
    return bytes.withUnsafeBufferPointer { input in
      part.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
        stream.avail_in = UInt32(offered)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, offered - Int(stream.avail_in), output.count - Int(stream.avail_out))
      }
    }
  }
}
