import Glibc
public import Tensors

/// A regular file of which parts are read where they are looked at, without a copy of the whole in memory.
public final class MappedFile: Sendable {
  private let descriptor: Int32
  // Sound because nothing writes the pages, and they stay until the object goes.
  private nonisolated(unsafe) let pages: UnsafeRawBufferPointer
  private let path: String

  /// Opens the file at `path`; nil where that is a pipe or anything else that cannot be mapped.
  /// - Throws: `FileError` if the file does not exist, is a folder, or cannot be read.
  public init?(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? FileError.notFound(path: path) : FileError.unreadable(path: path, reason: FileBytes.reason(errno))
    }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size > 0,
      let start = mmap(nil, Int(facts.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else {
      close(descriptor)
      if facts.st_mode & S_IFMT == S_IFDIR { throw FileError.isDirectory(path: path) }
      return nil
    }
    self.descriptor = descriptor
    self.path = path
    pages = UnsafeRawBufferPointer(start: start, count: Int(facts.st_size))
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: pages.baseAddress), pages.count)
    close(descriptor)
  }

  /// Lends the file's bytes.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(pages)
  }

  /// Copies the bytes from a place on into memory, without touching the mapped pages; the threads share the work.
  /// - Throws: `FileError` where the file cannot be read to there.
  public func read(from place: Int, into target: UnsafeMutableRawBufferPointer, workers: Workers) throws {
    guard let start = target.baseAddress else { return }
    let destination = Destination(start: start)
    let size = target.count
    let failures = workers.silent.map(count: (size + Self.part - 1) / Self.part) { index -> String? in
      var position = index * Self.part
      let end = min(position + Self.part, size)
      while position < end {
        let count = pread(descriptor, destination.start + position, end - position, off_t(place + position))
        if count < 0, errno == EINTR { continue }
        if count < 0 { return FileBytes.reason(errno) }
        if count == 0 { return "it became shorter while it was read" }
        position += count
      }
      return nil
    }
    if let failure = failures.lazy.compactMap({ $0 }).first {
      throw FileError.unreadable(path: path, reason: failure)
    }
  }

  /// The bytes that one call reads.
  private static let part = 16 << 20

  /// Memory of which each thread writes a part of its own.
  private struct Destination: @unchecked Sendable {
    // Sound because the parts do not overlap and are read only after all threads have ended.
    let start: UnsafeMutableRawPointer
  }
}
