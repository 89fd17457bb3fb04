/// The grey pictures of an IDX file, one at a time.
public struct IDXPictures: Sendable {
  /// The number of pictures.
  public let count: Int
  /// The rows of each.
  public let height: Int
  /// The columns of each.
  public let width: Int
  private let content: [UInt8]
  private let start: Int

  /// The pictures in a file of bytes in three dimensions: pictures, rows, columns.
  /// - Throws: `IDXError` for a file that is cut or of another kind.
  public init(_ file: DataFile) throws {
    let header = try IDXHeader(file, dimensions: 3)
    (count, height, width) = (header.sizes[0], header.sizes[1], header.sizes[2])
    content = file.content
    start = header.end
  }

  /// Whether a file begins as IDX data do, packed or not.
  public static func begins(_ file: DataFile) -> Bool { IDXHeader.begins(file.content) }

  /// The samples of a picture, counted from 0, row after row.
  public func samples(_ index: Int) -> [UInt8] {
    precondition(0..<count ~= index, "IDXPictures: picture \(index) of \(count)")
    let size = height * width
    return Array(content[start + index * size..<start + (index + 1) * size])
  }
}
