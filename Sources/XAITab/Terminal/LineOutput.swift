import DataFrames
import Glibc
import Runs

/// Where the lines of a long result go: standard output, or a file that grows line by line under the name `FILE.part`
/// and gets its own when it is whole, so that an interrupted one can be resumed.
///
/// Ctrl-C and a friendly kill end the program between two writes, so that what is written are whole lines.
final class LineOutput {
  private let path: String?
  private let descriptor: Int32
  /// The whole lines that an earlier run left behind.
  let known: Int

  private static func partPath(_ path: String) -> String { path + ".part" }

  /// A new result.
  /// - Parameters:
  ///   - path: the file; nil: standard output.
  ///   - opening: the first line, with its line end.
  ///   - resumes: whether to go on behind the last whole line of what an earlier run left behind.
  /// - Throws: `FileError.cannotWrite`, and `UsageError` where the earlier run was another one.
  init(path: String?, opening: String, resumes: Bool) throws {
    self.path = path
    Interruption.listen()
    guard let path else {
      descriptor = STDOUT_FILENO
      known = 0
      try Terminal.write(opening)
      return
    }
    let part = Self.partPath(path)
    let file = open(part, O_RDWR | O_CREAT | O_CLOEXEC | (resumes ? 0 : O_TRUNC), 0o666)
    guard file >= 0 else { throw FileError.cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    descriptor = file
    let (lines, end) = try Self.wholeLines(file, opening: Array(opening.utf8), path: path)
    guard ftruncate(file, off_t(end)) == 0, lseek(file, off_t(end), SEEK_SET) >= 0 else {
      throw FileError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    known = max(0, lines - 1)
    if lines == 0 { try write(opening) }
  }

  /// Adds whole lines; ends the program where it was asked to end.
  /// - Throws: `FileError.cannotWrite`
  func write(_ lines: String) throws {
    if path == nil {
      try Terminal.write(lines)
    } else {
      try Array(lines.utf8).withUnsafeBytes { bytes in
        var place = 0
        while place < bytes.count {
          let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + place }, bytes.count - place)
          if count < 0, errno == EINTR { continue }
          guard count >= 0 else {
            throw FileError.cannotWrite(path: path ?? "", reason: String(cString: strerror(errno)))
          }
          place += count
        }
      }
    }
    Interruption.endIfAsked()
  }

  /// Gives the file its name.
  /// - Throws: `FileError.cannotWrite`
  func finish() throws {
    guard let path else { return }
    guard fsync(descriptor) == 0, rename(Self.partPath(path), path) == 0 else {
      throw FileError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Ends the lines of a source of rows, and says what a user should know of how it ended.
  /// - Parameters:
  ///   - source: where the rows came from.
  ///   - isWhole: whether they are all there.
  ///   - settings: hear of rows that are not.
  /// - Throws: `FileError.cannotWrite`
  func finish(_ source: BatchRun<some TableBinding>, isWhole: Bool, _ settings: RunSettings) throws {
    if source.failed > 0 { settings.note("\(Plural.text(source.failed, "row", "rows")) could not be read") }
    if isWhole { return try finish() }
    settings.note("stopped by --time-limit; --resume goes on behind the last row")
  }

  deinit { if path != nil { close(descriptor) } }

  /// How many whole lines a file holds and where they end; the first must be the opening.
  private static func wholeLines(_ file: Int32, opening: [UInt8], path: String) throws -> (lines: Int, end: Int) {
    var part = [UInt8](repeating: 0, count: 1 << 16)
    var (lines, end, position) = (0, 0, 0)
    while true {
      let count = Glibc.read(file, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (lines, end) }
      for index in 0..<count {
        if position + index < opening.count, part[index] != opening[position + index] {
          throw UsageError.contradiction(
            "\(partPath(path)) is of another model, other options or another version, and cannot be resumed")
        }
        if part[index] == 0x0A {
          lines += 1
          end = position + index + 1
        }
      }
      position += count
    }
  }
}
