import Glibc

/// The bytes of a file or of standard input, part by part, out of their gzip packing if they have one.
final class ByteStream {
  /// The path, or `-` for standard input.
  let path: String
  /// The number of bytes in the file as it stands, if it is one.
  let size: Int?
  /// How many of them have been read.
  private(set) var bytesRead = 0

  private let descriptor: Int32
  private var digest = Digest.Running()
  /// What has been read and not given out.
  private var first: [UInt8]
  private var unpacking: Gzip.Unpacking?
  /// Whether the bytes are packed.
  private(set) var isCompressed = false

  /// The bytes that are read at a time.
  static let part = 1 << 20

  /// Opens a file; `-` is standard input.
  /// - Throws: `FileError` for the file as such, `CSVError` for its packing.
  init(path: String) throws {
    self.path = path
    (descriptor, size) = try Self.open(path)
    first = []
    // Two bytes tell whether it is packed; a pipe may give them one by one.
    while first.count < 2 {
      let part = try read()
      if part.isEmpty { break }
      first += part
    }
    isCompressed = Gzip.isGzip(first)
    guard isCompressed else { return }
    unpacking = try Gzip.Unpacking(file: path)
    unpacking?.add(first)
    first = []
    while first.count < 2 {
      let part = try unpacked()
      if part.isEmpty { break }
      first += part
    }
    if Gzip.isGzip(first) { throw CSVError.nestedGzip(file: path) }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// The next bytes of the content; none at the end.
  /// - Throws: `FileError` where the file cannot be read on, `CSVError.corruptGzip`
  func next() throws -> [UInt8] {
    if !first.isEmpty {
      defer { first = [] }
      return first
    }
    return isCompressed ? try unpacked() : try read()
  }

  /// The SHA-256 of all bytes that were read, as they stand in the file; nothing can be read any more.
  func sha256() -> String { digest.hex() }

  private func unpacked() throws -> [UInt8] {
    while true {
      if let part = try unpacking?.next() { return part }
      let packed = try read()
      if packed.isEmpty {
        try unpacking?.finish()
        return []
      }
      unpacking?.add(packed)
    }
  }

  private static func open(_ path: String) throws -> (descriptor: Int32, size: Int?) {
    if path == "-" { return (STDIN_FILENO, nil) }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? FileError.notFound(path: path) : FileError.unreadable(path: path, reason: FileBytes.reason(errno))
    }
    var facts = stat()
    let isFile = fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    return (descriptor, isFile ? Int(facts.st_size) : nil)
  }

  /// The next bytes as they stand in the file; none at the end.
  private func read() throws -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: Self.part) { buffer, count in
        let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        failure = got < 0 ? errno : 0
        count = max(0, got)
      }
      if failure == EINTR { continue }
      if failure == EISDIR { throw FileError.isDirectory(path: path) }
      if failure != 0 { throw FileError.unreadable(path: path, reason: FileBytes.reason(failure)) }
      digest.add(part)
      bytesRead += part.count
      return part
    }
  }
}
