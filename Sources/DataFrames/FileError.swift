/// What can go wrong with a file as such, before its content matters.
public enum FileError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case notFound(path: String)
  /// The path leads to a folder.
  case isDirectory(path: String)
  /// The system refuses to open or read the file.
  case unreadable(path: String, reason: String)
  /// The file cannot be written where it should be.
  case cannotWrite(path: String, reason: String)

  /// One line that names the file and says what is wrong.
  public var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .isDirectory(let path): "\(path): is a folder, not a file"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
