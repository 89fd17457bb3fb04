import Glibc

/// Writing a file whole or not at all.
public enum AtomicFile {
  /// Writes the bytes beside `path` under a name of its own and then renames that to `path`, so that nobody sees half a
  /// file and a failure leaves what was there. A path that leads to something other than a file, such as a pipe, is
  /// written to as it is.
  /// - Throws: `FileError.cannotWrite`
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    var facts = stat()
    let exists = stat(path, &facts) == 0
    if exists, facts.st_mode & S_IFMT == S_IFDIR {
      throw FileError.cannotWrite(path: path, reason: "it is a folder")
    }
    if exists, facts.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(path) }
      defer { close(descriptor) }
      return try write(Array(bytes), into: descriptor, path: path)
    }
    // A link stays a link: the file that it leads to is replaced.
    let target = exists ? resolved(path) : path
    let (descriptor, temporary) = try opened(beside: target, path: path)
    do {
      defer { close(descriptor) }
      try write(Array(bytes), into: descriptor, path: path)
      if exists { fchmod(descriptor, facts.st_mode & 0o7777) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
  }

  /// Refuses a path to which nothing can be written as things stand, before the work that is to be written there
  /// begins.
  /// - Throws: `FileError.cannotWrite`
  public static func check(_ path: String) throws {
    var facts = stat()
    let exists = stat(path, &facts) == 0
    if exists, facts.st_mode & S_IFMT == S_IFDIR {
      throw FileError.cannotWrite(path: path, reason: "it is a folder")
    }
    // A file is replaced by one that is made in its folder.
    let isReplaced = !exists || facts.st_mode & S_IFMT == S_IFREG
    let target = exists ? resolved(path) : path
    let end = target.lastIndex(of: "/")
    let folder = end.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    guard access(isReplaced ? folder : path, W_OK) == 0 else { throw failure(path) }
  }

  /// Writes the text in UTF-8, in the same way.
  /// - Throws: `FileError.cannotWrite`
  public static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  /// A new file in the folder of `target`, open for writing, and its path.
  private static func opened(beside target: String, path: String) throws -> (descriptor: Int32, path: String) {
    for attempt in 0..<100 {
      let temporary = "\(target).\(getpid())-\(attempt).part"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { break }
    }
    throw failure(path)
  }

  private static func write(_ bytes: [UInt8], into descriptor: Int32, path: String) throws {
    try bytes.withUnsafeBytes { buffer in
      var position = 0
      while position < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + position }, buffer.count - position)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw failure(path) }
        position += count
      }
    }
  }

  /// The path without links in it.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func failure(_ path: String) -> FileError {
    .cannotWrite(path: path, reason: FileBytes.reason(errno))
  }
}
