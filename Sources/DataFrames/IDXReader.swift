public import Tensors

/// Reads files of pictures in the IDX format into tables: a row for each picture, a column for each pixel, and the
/// label last.
///
/// The pixel in row 3, column 17, both from 0, is the column `r03c17`, of whole numbers from 0 to 255; the numbers in
/// the name have as many digits as the largest needs, and two at least. With a file of labels the last column is
/// `label`.
public struct IDXReader: Sendable {
  /// The most pixels of a picture, a picture of 1024 x 1024.
  static let mostPixels = 1 << 20
  /// The columns that are read in one go over all pictures, from cells that lie side by side.
  private static let block = 16

  /// The most pictures, the first of the file; nil: all.
  public var limit: Int?

  /// A reader of all pictures, or of the first ones.
  public init(limit: Int? = nil) {
    precondition(limit ?? 1 >= 1, "IDXReader: a limit of \(limit ?? 0) pictures")
    self.limit = limit
  }

  /// The table of the pictures in `pictures` (bytes in three dimensions: pictures, rows, columns) with their labels
  /// (bytes in one dimension), if there are any.
  /// - Throws: `IDXError` for files that are cut or of another kind, or do not belong together.
  /// - Complexity: eight bytes of memory for each pixel of the file.
  public func read(_ pictures: DataFile, labels: DataFile?, workers: Workers) throws -> DataFrame {
    let header = try IDXHeader(pictures, dimensions: 3)
    let (all, height, width) = (header.sizes[0], header.sizes[1], header.sizes[2])
    let count = min(all, limit ?? all)
    let pixels = height * width
    guard pixels <= Self.mostPixels else {
      throw IDXError.tooManyPixels(file: pictures.path, height: height, width: width, most: Self.mostPixels)
    }
    var labelColumn: [Column] = []
    var labelFile: IDXLayout.LabelFile?
    if let labels {
      let labelHeader = try IDXHeader(labels, dimensions: 1)
      guard labelHeader.sizes[0] == all else {
        throw IDXError.labelCount(
          file: pictures.path, pictures: all, labelFile: labels.path, labels: labelHeader.sizes[0])
      }
      labelColumn = [Self.column("label", labels.content[labelHeader.end..<labelHeader.end + count])]
      labelFile = .init(path: labels.path, sha256: Digest.sha256(labels.stored))
    }
    let names = Self.columnNames(height: height, width: width)
    let blocks = Workers.ranges(pixels, size: Self.block)
    // The digest is one more part, and the first, so that one thread takes it while others read.
    let parts = workers.map(count: blocks.count + 1) { index -> Part in
      if index == 0 { return .digest(Digest.sha256(pictures.stored)) }
      let block = blocks[index - 1]
      let cells = Self.columnMajor(pictures.content, from: header.end, count: count, pixels: pixels, block: block)
      return .columns(
        block.enumerated().map { place, pixel in
          Self.column(names[pixel], cells[place * count..<(place + 1) * count])
        })
    }
    var sha256 = ""
    var columns: [Column] = []
    for part in parts {
      switch part {
      case .digest(let digest): sha256 = digest
      case .columns(let some): columns += some
      }
    }
    columns += labelColumn
    let source = Source(
      path: pictures.path, sha256: sha256, rows: count, columns: columns.count,
      format: .idx(IDXLayout(height: height, width: width, labels: labelFile)), isCompressed: pictures.isCompressed,
      missingCells: 0, notes: [])
    return DataFrame(columns: columns, rowCount: count, source: source)
  }

  private enum Part: Sendable {
    case digest(String)
    case columns([Column])
  }

  /// The names of the pixels, row after row.
  public static func columnNames(height: Int, width: Int) -> [String] {
    let digits = { (side: Int) in max(2, "\(side - 1)".count) }
    let padded = { (number: Int, digits: Int) in
      String(repeating: "0", count: digits - "\(number)".count) + "\(number)"
    }
    let columns = (0..<width).map { "c" + padded($0, digits(width)) }
    return (0..<height).flatMap { row in
      let name = "r" + padded(row, digits(height))
      return columns.map { name + $0 }
    }
  }

  /// The cells of some pixels, all pictures of the first pixel before those of the next.
  private static func columnMajor(
    _ content: [UInt8], from start: Int, count: Int, pixels: Int, block: Range<Int>
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count * block.count) { cells, initialized in
      content.withUnsafeBufferPointer { content in
        for picture in 0..<count {
          for (place, pixel) in block.enumerated() {
            cells.initializeElement(at: place * count + picture, to: content[start + picture * pixels + pixel])
          }
        }
      }
      initialized = cells.count
    }
  }

  /// A column of whole numbers, with their spellings where they are few.
  private static func column(_ name: String, _ cells: ArraySlice<UInt8>) -> Column {
    let numbers = cells.map(Double.init)
    let firsts = ColumnJoiner.firstRows(ofFew: numbers) ?? []
    return Column(
      name: name, values: .numbers(numbers),
      spellings: firsts.map { .init(value: numbers[$0], text: "\(Int(numbers[$0]))") })
  }
}
