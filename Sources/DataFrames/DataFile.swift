public import Tensors

/// A file of data in memory, out of its gzip packing if it has one.
public struct DataFile: Sendable {
  /// The path as it was given, or `-` for standard input.
  public let path: String
  /// The bytes as they stand in the file, which its hash is of.
  let stored: [UInt8]
  /// The bytes without the packing.
  let content: [UInt8]
  /// Whether the bytes were gzip, which the first two of them say.
  let isCompressed: Bool

  /// The file at `path`; `-` is standard input.
  /// - Throws: `FileError` for the file as such, `CSVError.corruptGzip` and `CSVError.nestedGzip` for its packing.
  public init(path: String, workers: Workers) throws {
    try self.init(FileBytes.read(path: path, workers: workers), path: path)
  }

  /// Bytes that came from elsewhere than a file, under a name for messages.
  /// - Throws: `CSVError.corruptGzip` and `CSVError.nestedGzip` for their packing.
  public init(bytes: [UInt8], path: String) throws {
    try self.init(bytes, path: path)
  }

  /// A file of the given name and bytes.
  init(_ stored: [UInt8], path: String) throws {
    self.path = path
    self.stored = stored
    isCompressed = Gzip.isGzip(stored)
    content = isCompressed ? try Gzip.unpacked(stored, file: path) : stored
    if isCompressed, Gzip.isGzip(content) { throw CSVError.nestedGzip(file: path) }
  }

  /// Whether the content begins as IDX data do: two zeros and the code of a type.
  public var isIDX: Bool { IDXHeader.begins(content) }
}
