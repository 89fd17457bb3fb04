/// The header of an IDX file, the format in which MNIST is published: two zeros, one byte for the type of the cells,
/// one for the number of dimensions, and each dimension's size in four bytes, the high byte first.
struct IDXHeader: Equatable {
  /// The sizes of the dimensions, the slowest first.
  let sizes: [Int]
  /// Where the cells begin.
  let end: Int

  /// The code of unsigned bytes.
  private static let bytes: UInt8 = 0x08
  /// The codes of all types that IDX knows.
  private static let types: [UInt8] = [0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E]

  /// Whether the content begins with two zeros and the code of a type.
  static func begins(_ content: [UInt8]) -> Bool {
    content.count >= 3 && content[0] == 0 && content[1] == 0 && types.contains(content[2])
  }

  /// The header of a file of bytes with the given number of dimensions, none of size zero, behind which are just as
  /// many bytes as it says.
  /// - Throws: `IDXError` for anything else. Nothing is allocated by what the header says.
  init(_ file: DataFile, dimensions: Int) throws {
    let content = file.content
    guard Self.begins(content) else { throw IDXError.notIDX(file: file.path) }
    let end = 4 + 4 * dimensions
    if content.count >= 4, content[2] != Self.bytes || Int(content[3]) != dimensions {
      throw IDXError.otherKind(
        file: file.path, type: content[2], dimensions: Int(content[3]), expectedDimensions: dimensions)
    }
    guard content.count >= end else {
      throw IDXError.incompleteHeader(file: file.path, expected: end, found: content.count)
    }
    sizes = (1...dimensions).map { dimension in
      content[4 * dimension..<4 * dimension + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    self.end = end
    guard !sizes.contains(0) else { throw IDXError.empty(file: file.path, sizes: sizes) }
    var count = 1
    for size in sizes {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      count = isTooLarge ? .max : product
    }
    guard count == content.count - end else {
      throw IDXError.wrongLength(file: file.path, sizes: sizes, found: content.count - end)
    }
  }
}
