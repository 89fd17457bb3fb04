import DataFrames
public import Images
public import Tensors

/// A picture as it was read: a PNG or JPEG file, or one picture of an IDX or CIFAR-10 file.
public struct PictureInput: Sendable {
  /// The path of the file.
  public let path: String
  /// The SHA-256 of the file.
  public let sha256: String
  /// The picture.
  public let picture: Picture
  /// Which picture of the file, counted from 1; nil for a file of one.
  public let row: Int?
  /// The classes' names that belong to the file's format.
  public let classNames: [String]?
  /// What should be said of how it was read.
  public let notes: [String]

  /// Reads a picture.
  /// - Parameters:
  ///   - path: the file.
  ///   - row: which of a file's pictures, counted from 1; nil: the first.
  ///   - workers: the threads that may share the reading.
  /// - Throws: `FileError`, `PictureFailure`, `IDXError`, and `UsageError` for a picture that there is not.
  public init(_ path: String, row: Int?, workers: Workers) throws {
    self.path = path
    let bytes = try FileBytes.read(path: path, workers: workers)
    sha256 = Digest.sha256(bytes)
    if let file = try Self.packed(bytes, path) {
      let pictures = try IDXPictures(file)
      let index = try Self.place(row, of: pictures.count, path)
      picture = Picture(
        width: pictures.width, height: pictures.height, channels: 1, samples: pictures.samples(index))
      self.row = index + 1
      classNames = nil
      notes = row == nil ? ["\(path): the first of \(pictures.count) pictures (--row)"] : []
      return
    }
    do {
      let file = try PictureFile(bytes: bytes)
      guard row == nil else {
        throw UsageError.contradiction("--row goes with a file of several pictures, and \(path) is one picture")
      }
      picture = file.picture
      self.row = nil
      classNames = nil
      notes = file.conversions.map { "\(path): \($0)" }
    } catch let error as PictureError {
      guard error == .neitherPNGNorJPEG, let pictures = CIFAR10(bytes: bytes) else {
        throw PictureFailure(path: path, error: error)
      }
      let index = try Self.place(row, of: pictures.count, path)
      picture = pictures.picture(index)
      self.row = index + 1
      classNames = CIFAR10.classNames
      notes =
        row == nil
        ? ["\(path): the first of \(pictures.count) pictures (--row)"]
        : ["\(path): picture \(index + 1) is labelled \"\(CIFAR10.classNames[pictures.labels[index]])\""]
    }
  }

  /// The file's unpacked content where it is IDX data; nil for other files.
  private static func packed(_ bytes: [UInt8], _ path: String) throws -> DataFile? {
    let isPacked = bytes.starts(with: [0x1F, 0x8B])
    guard isPacked || bytes.starts(with: [0, 0]) else { return nil }
    let file = try DataFile(bytes: bytes, path: path)
    return isPacked || IDXPictures.begins(file) ? file : nil
  }

  private static func place(_ row: Int?, of count: Int, _ path: String) throws -> Int {
    guard let row else { return 0 }
    guard row <= count else {
      throw UsageError.contradiction("\(path) has no picture \(row): its pictures are 1 to \(count)")
    }
    return row - 1
  }
}
