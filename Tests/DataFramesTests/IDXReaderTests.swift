import Tensors
import Testing

@testable import DataFrames

@Suite struct IDXReaderTests {
  /// An IDX file of bytes.
  private static func file(
    _ sizes: [Int], _ cells: [UInt8], type: UInt8 = 8, path: String = "pictures"
  ) throws -> DataFile {
    let header = sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
    return try DataFile([0, 0, type, UInt8(sizes.count)] + header + cells, path: path)
  }

  private static func read(
    _ pictures: DataFile, labels: DataFile? = nil, threads: Int = 1
  ) throws -> DataFrame {
    try IDXReader().read(pictures, labels: labels, workers: Workers(count: threads))
  }

  @Test func pixelsAreColumnsAndTheLabelIsTheLast() throws {
    let pictures = try Self.file([2, 2, 3], [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255])
    let labels = try Self.file([2], [7, 0], path: "labels")
    let table = try Self.read(pictures, labels: labels)
    #expect(
      table.columns.map(\.name) == ["r00c00", "r00c01", "r00c02", "r01c00", "r01c01", "r01c02", "label"])
    #expect(table.columns[5].values == .numbers([5, 255]))
    #expect(table["label"]?.values == .numbers([7, 0]))
    #expect(table["label"]?.spellings == [.init(value: 0, text: "0"), .init(value: 7, text: "7")])
    #expect(table.source.rows == 2 && table.source.columns == 7 && table.source.missingCells == 0)
    #expect(table.source.sha256 == Digest.sha256(pictures.stored))
    let labelFile = IDXLayout.LabelFile(path: "labels", sha256: Digest.sha256(labels.stored))
    #expect(table.source.format == .idx(IDXLayout(height: 2, width: 3, labels: labelFile)))
    #expect(try Self.read(pictures).columns.count == 6)
  }

  @Test func aLimitReadsTheFirstPicturesWithTheirLabels() throws {
    let pictures = try Self.file([3, 1, 2], [0, 1, 2, 3, 4, 5])
    let labels = try Self.file([3], [7, 0, 9], path: "labels")
    let table = try IDXReader(limit: 2).read(pictures, labels: labels, workers: .one)
    #expect(table.rowCount == 2 && table.source.rows == 2)
    #expect(table.columns.map(\.values) == [.numbers([0, 2]), .numbers([1, 3]), .numbers([7, 0])])
    // More than there are is all.
    #expect(try IDXReader(limit: 9).read(pictures, labels: labels, workers: .one).rowCount == 3)
  }

  @Test(arguments: [(1, 1, "r00c00"), (100, 1, "r99c00"), (101, 2, "r100c01"), (2, 1001, "r01c1000")])
  func namesHaveTheDigitsTheyNeed(height: Int, width: Int, last: String) throws {
    let table = try Self.read(Self.file([1, height, width], [UInt8](repeating: 0, count: height * width)))
    #expect(table.columns.last?.name == last)
    #expect(Set(table.columns.map { $0.name.count }).count == 1)
  }

  /// The same numbers as a CSV text come out as the same columns, for any threads.
  @Test func theTableIsThatOfTheSameNumbersAsText() throws {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    let (count, height, width) = (211, 5, 7)
    // Columns of one value, of few and of many.
    let cells = (0..<count * height * width).map { cell in
      UInt8(UInt32.random(in: 0..<[1, 3, 256][cell % (height * width) % 3], using: &generator))
    }
    let labels = (0..<count).map { _ in UInt8(UInt32.random(in: 0..<10, using: &generator)) }
    let one = try Self.read(Self.file([count, height, width], cells), labels: Self.file([count], labels))
    let lines = (0..<count).map { row in
      (cells[row * height * width..<(row + 1) * height * width] + [labels[row]]).map { "\($0)" }
        .joined(separator: ",")
    }
    let text = ([one.columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n")
    #expect(try one.columns == frame(text).columns)
    for threads in 2...3 {
      let other = try Self.read(
        Self.file([count, height, width], cells), labels: Self.file([count], labels), threads: threads)
      #expect(one == other)
    }
  }

  @Test func otherKindsAreErrors() throws {
    let pixels = [UInt8](repeating: 0, count: 12)
    let labels = try Self.file([12], pixels)
    #expect(throws: IDXError.otherKind(file: "pictures", type: 8, dimensions: 1, expectedDimensions: 3)) {
      try Self.read(labels)
    }
    #expect(throws: IDXError.otherKind(file: "pictures", type: 13, dimensions: 3, expectedDimensions: 3)) {
      try Self.read(Self.file([1, 1, 3], pixels, type: 13))
    }
    let pictures = try Self.file([3, 2, 2], pixels)
    #expect(throws: IDXError.otherKind(file: "pictures", type: 8, dimensions: 3, expectedDimensions: 1)) {
      try Self.read(pictures, labels: pictures)
    }
    #expect(throws: IDXError.notIDX(file: "text")) {
      try Self.read(pictures, labels: DataFile(Array("a\n1\n".utf8), path: "text"))
    }
    #expect(throws: IDXError.labelCount(file: "pictures", pictures: 3, labelFile: "pictures", labels: 12)) {
      try Self.read(pictures, labels: labels)
    }
  }

  @Test func anyEarlyEndIsAnError() throws {
    let whole = try Self.file([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]).stored
    for count in 3..<whole.count {
      let cut = try DataFile(Array(whole[..<count]), path: "cut")
      #expect(cut.isIDX)
      let error =
        count < 16
        ? IDXError.incompleteHeader(file: "cut", expected: 16, found: count)
        : IDXError.wrongLength(file: "cut", sizes: [2, 2, 2], found: count - 16)
      #expect(throws: error, "\(count) bytes") { try Self.read(cut) }
    }
    let longer = try DataFile(whole + [9], path: "long")
    #expect(throws: IDXError.wrongLength(file: "long", sizes: [2, 2, 2], found: 9)) { try Self.read(longer) }
  }

  @Test func absurdSizesAreErrorsAndTakeNoMemory() throws {
    let most = Int(UInt32.max)
    for sizes in [[most, 28, 28], [1, most, most], [most, most, most], [1, 1, most]] {
      #expect(throws: IDXError.wrongLength(file: "pictures", sizes: sizes, found: 4)) {
        try Self.read(Self.file(sizes, [1, 2, 3, 4]))
      }
    }
    for sizes in [[0, 28, 28], [4, 0, 1], [4, 1, 0]] {
      #expect(throws: IDXError.empty(file: "pictures", sizes: sizes)) {
        try Self.read(Self.file(sizes, []))
      }
    }
    let pixels = [UInt8](repeating: 1, count: 1025 * 1024)
    #expect(throws: IDXError.tooManyPixels(file: "pictures", height: 1025, width: 1024, most: 1 << 20)) {
      try Self.read(Self.file([1, 1025, 1024], pixels))
    }
  }

  /// Any byte of the headers changed: an error or a table, never a trap.
  @Test func changedBytesNeverTrap() throws {
    let pictures = try Self.file([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]).stored
    for place in pictures.indices {
      for change in [0x01, 0x80, 0xFF] as [UInt8] {
        var damaged = pictures
        damaged[place] ^= change
        let table = try? Self.read(DataFile(damaged, path: "damaged"))
        #expect((table == nil) == (place < 16), "byte \(place)")
      }
    }
  }

  @Test func packedFilesAreUnpackedAndTextIsNoIDX() throws {
    // printf '\0\0\10\1\0\0\0\2\3\4' | gzip -n
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x63, 0x60, 0xE0, 0x60, 0x64, 0x60, 0x60, 0x60, 0x62,
      0x66, 0x01, 0x00, 0xC3, 0x3B, 0xDC, 0xB9, 0x0A, 0x00, 0x00, 0x00,
    ]
    let labels = try DataFile(packed, path: "labels.gz")
    let table = try Self.read(Self.file([2, 1, 1], [0, 9]), labels: labels)
    #expect(table.cells("label") == ["3.0", "4.0"])
    #expect(labels.isIDX && labels.isCompressed)
    for text in ["", "a,b\n1,2\n", "\0", "\0\0", "\0\0\u{1}\u{3}"] {
      #expect(try !DataFile(Array(text.utf8), path: "text").isIDX, "\(text.debugDescription)")
    }
  }

  @Test func errorsAreOneLineEach() {
    let errors: [(IDXError, String)] = [
      (.notIDX(file: "a"), "a: not an IDX file"),
      (
        .otherKind(file: "a", type: 13, dimensions: 1, expectedDimensions: 3),
        "a: expected IDX data of bytes (type 8) in 3 dimensions, found type 13 in 1 dimension"
      ),
      (
        .incompleteHeader(file: "a", expected: 16, found: 9),
        "a: the IDX header has 16 bytes, but the file ends after 9"
      ),
      (
        .wrongLength(file: "-", sizes: [60000, 28, 28], found: 5),
        "standard input: the IDX header tells of 60000 x 28 x 28 bytes, but 5 follow it"
      ),
      (.empty(file: "a", sizes: [0, 28, 28]), "a: the IDX header tells of 0 x 28 x 28 bytes, which is none"),
      (
        .tooManyPixels(file: "a", height: 9, width: 8, most: 70),
        "a: pictures of 9 x 8 pixels; at most 70 pixels can be columns"
      ),
      (
        .labelCount(file: "a", pictures: 60000, labelFile: "b", labels: 10000),
        "b: 10000 labels for the 60000 pictures in a"
      ),
    ]
    for (error, text) in errors { #expect(error.description == text) }
  }
}
