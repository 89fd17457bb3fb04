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
    var unpacking = try Unpacking(file: file)
    unpacking.add(bytes)
    var content: [UInt8] = []
    while let part = try unpacking.next() { content += part }
    try unpacking.finish()
    return content
  }

  /// The content of gzip data that come in parts, in parts of bounded size.
  struct Unpacking: ~Copyable {
    private let file: String
    /// zlib's own state points back at it, so it has a place of its own.
    private let stream: UnsafeMutablePointer<z_stream>
    /// The packed bytes in hand, taken up to `position`.
    private var packed: [UInt8] = []
    private var position = 0
    private var place = Place.member

    /// Where the next packed byte is.
    private enum Place {
      /// In a member.
      case member
      /// Behind the end of one.
      case between
      /// In the zeros behind the last one.
      case padding
    }

    private static let partSize = 1 << 18
    /// The window of deflate, and the header and check of gzip.
    private static let windowOfGzip: Int32 = 15 + 16

    /// The start of a file's data.
    /// - Throws: `CSVError.outOfMemory`
    init(file: String) throws {
      self.file = file
      stream = .allocate(capacity: 1)
      stream.initialize(to: z_stream())
      guard inflateInit2_(stream, Self.windowOfGzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw CSVError.outOfMemory(file: file)
      }
    }

    deinit {
      inflateEnd(stream)
      stream.deallocate()
    }

    /// Adds packed bytes, when `next` has no more.
    mutating func add(_ bytes: [UInt8]) {
      packed = position == packed.count ? bytes : packed[position...] + bytes
      position = 0
    }

    /// The next part of the content, not empty; nil where more packed bytes are needed.
    /// - Throws: `CSVError.corruptGzip`
    mutating func next() throws -> [UInt8]? {
      while true {
        switch place {
        case .padding:
          guard packed[position...].allSatisfy({ $0 == 0 }) else { throw corrupt("something else follows it") }
          position = packed.count
          return nil
        case .between:
          guard position < packed.count else { return nil }
          if packed[position] == 0 {
            place = .padding
          } else if packed.count - position == 1, packed[position] == 0x1F {
            return nil
          } else if Gzip.isGzip(packed[position...]) {
            inflateReset(stream)
            place = .member
          } else {
            throw corrupt("something else follows it")
          }
        case .member:
          let (status, part) = step()
          switch status {
          case Z_OK, Z_BUF_ERROR:
            if part.isEmpty { return nil }
          case Z_STREAM_END:
            place = .between
            if part.isEmpty { continue }
          default:
            throw corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
          }
          return part
        }
      }
    }

    /// Sees that the data end where they may.
    /// - Throws: `CSVError.corruptGzip`
    func finish() throws {
      switch place {
      case .member: throw corrupt("it ends early")
      case .between where position < packed.count: throw corrupt("something else follows it")
      case .between, .padding: return
      }
    }

    private func corrupt(_ reason: String) -> CSVError { .corruptGzip(file: file, reason: reason) }

    /// One call of zlib: what it answers and gives.
    private mutating func step() -> (status: Int32, part: [UInt8]) {
      let offered = min(packed.count - position, Int(Int32.max))
      var status = Z_OK
      let part = [UInt8](unsafeUninitializedCapacity: Self.partSize) { output, count in
        packed.withUnsafeBufferPointer { input in
          stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
          stream.pointee.avail_in = UInt32(offered)
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          status = inflate(stream, Z_NO_FLUSH)
        }
        count = output.count - Int(stream.pointee.avail_out)
      }
      position += offered - Int(stream.pointee.avail_in)
      return (status, part)
    }
  }
}
