import DataFrames
import Glibc
import Presentation

/// Standard output and standard error. Standard output carries results only.
enum Terminal {
  /// Whether text on standard output may be coloured.
  enum Color: String, Sendable, CaseIterable {
    /// On a terminal that can, unless NO_COLOR is set.
    case auto
    case always
    case never

    var isOn: Bool {
      switch self {
      case .always: true
      case .never: false
      case .auto:
        isatty(STDOUT_FILENO) == 1 && Environment.value("NO_COLOR").isEmpty && Environment.value("TERM") != "dumb"
      }
    }
  }

  /// A text in lines of at most so many characters.
  static func filled(_ text: String, width: Int) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Writes a result to standard output, whole.
  ///
  /// A reader that has gone ends the program by the signal, quietly, as it does other filters.
  /// - Throws: `FileError.cannotWrite` where it cannot be written, such as on a full disk.
  static func write(_ text: String) throws {
    if let reason = write(text, to: STDOUT_FILENO) {
      throw FileError.cannotWrite(path: "standard output", reason: reason)
    }
  }

  /// Says something beside the result, on standard error.
  static func note(_ text: String) {
    _ = write("\(OneLine.text(text))\n", to: STDERR_FILENO)
  }

  /// Writes to standard error as it is, for a line that is drawn over.
  static func status(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  /// Says why the program ends, on standard error.
  static func complain(_ text: String) {
    note("xai-tab: \(text)")
  }

  /// Writes all bytes; the reason where it cannot.
  private static func write(_ text: String, to descriptor: Int32) -> String? {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          // A descriptor that does not block: wait until it takes more.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
          continue
        }
        return errno == EPIPE ? nil : String(cString: strerror(errno))
      }
      rest = rest.dropFirst(written)
    }
    return nil
  }
}
