import Glibc
public import Tensors

/// The bytes of a file, as they stand.
public enum FileBytes {
  /// The most bytes that one call reads.
  private static let chunk = 1 << 20

  /// All bytes of the file at `path`, or of standard input if it is `-`.
  /// - Throws: `FileError` if the file does not exist, is a folder, or cannot be read.
  public static func read(path: String, workers: Workers) throws -> [UInt8] {
    if path == "-" { return try stream(descriptor: STDIN_FILENO, path: path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? FileError.notFound(path: path) : FileError.unreadable(path: path, reason: reason(errno))
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw FileError.unreadable(path: path, reason: reason(errno)) }
    let kind = facts.st_mode & S_IFMT
    if kind == S_IFDIR { throw FileError.isDirectory(path: path) }
    if kind == S_IFREG, facts.st_size > 0 {
      return try whole(descriptor: descriptor, size: Int(facts.st_size), path: path, workers: workers)
    }
    return try stream(descriptor: descriptor, path: path)
  }

  /// A regular file of known size; the threads read parts of it side by side.
  private static func whole(descriptor: Int32, size: Int, path: String, workers: Workers) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      let ranges = Workers.ranges(size, size: 16 * chunk)
      let destination = Destination(base: buffer.baseAddress)
      let failures = workers.map(count: ranges.count) { index -> String? in
        var position = ranges[index].lowerBound
        while position < ranges[index].upperBound {
          guard let base = destination.base else { return "no memory" }
          let count = pread(descriptor, base + position, ranges[index].upperBound - position, off_t(position))
          if count < 0, errno == EINTR { continue }
          if count < 0 { return reason(errno) }
          if count == 0 { return "it became shorter while it was read" }
          position += count
        }
        return nil
      }
      if let failure = failures.lazy.compactMap({ $0 }).first {
        throw FileError.unreadable(path: path, reason: failure)
      }
      initialized = size
    }
  }

  /// A pipe, or whatever else has no size: read to its end.
  private static func stream(descriptor: Int32, path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EISDIR { throw FileError.isDirectory(path: path) }
      if count < 0 { throw FileError.unreadable(path: path, reason: reason(errno)) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: part[..<count])
    }
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String {
    String(cString: strerror(number))
  }

  /// Memory of which each thread writes a part of its own.
  private struct Destination: @unchecked Sendable {
    // Sound because the parts do not overlap and are read only after all threads have ended.
    let base: UnsafeMutablePointer<UInt8>?
  }
}
