import Foundation
import Tensors
import Testing

@testable import DataFrames

@Suite struct RecordStreamTests {
  private static func withFile<Value>(_ bytes: Data, _ body: (String) throws -> Value) throws -> Value {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try bytes.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  /// The cells of all batches, as the reader of whole tables would have them.
  private static func cells(_ path: String) throws -> [[String]] {
    let stream = try RecordStream(path: path, options: .init())
    var cells: [[String]] = []
    var row = 1
    while let batch = try stream.next() {
      #expect(batch.firstRow == row)
      row += batch.count
      let frame = try stream.frame(batch, 0..<batch.count, workers: .one)
      for row in 0..<batch.count { cells.append(frame.columns.map { text($0, row) }) }
    }
    let bytes = try FileBytes.read(path: path, workers: .one)
    #expect(stream.sha256() == Digest.sha256(bytes))
    return cells
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    switch column.values {
    case .numbers(let numbers): numbers[row].isNaN ? "" : "\(numbers[row])"
    case .words(let codes, let levels): codes[row] < 0 ? "" : levels[Int(codes[row])]
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func batchesMakeUpTheTable(lineEnd: String) throws {
    // More than two pieces, with quoted line ends, blank lines and words beyond ASCII.
    var generator = SeededGenerator(seed: 8, purpose: .test)
    var text = "# a comment" + lineEnd + "number,word,note" + lineEnd
    for row in 0..<60_000 {
      let note = generator.uniform() < 0.1 ? "\"line \(lineEnd)and \"\"quote\"\", é\"" : "plain \(row % 7) ü"
      text += "\(row).5,\(["one", "two", ""][row % 3]),\(note)" + lineEnd
      if row % 1000 == 0 { text += lineEnd }
    }
    try Self.withFile(Data(text.utf8)) { path in
      let frame = try CSVReader(options: .init()).read(path: path, workers: .one)
      let cells = try Self.cells(path)
      #expect(cells.count == frame.rowCount)
      for row in stride(from: 0, to: cells.count, by: 97) {
        #expect(cells[row] == frame.columns.map { Self.text($0, row) })
      }
    }
  }

  @Test func linesAndLengthsOfRecordsAreTold() throws {
    try Self.withFile(Data("a,b\n1,2\n3\n\n\"4\n5\",6\n7,8,9\n".utf8)) { path in
      let stream = try RecordStream(path: path, options: .init(hasHeader: true, skipsBadRecords: true))
      let batch = try #require(try stream.next())
      #expect(batch.lines == [2, 3, 5, 7] && batch.fieldCounts == [2, 1, 2, 3] && stream.fieldCount == 2)
      let end = try stream.next()
      #expect(end == nil)
    }
  }

  @Test func aPackedTextIsUnpackedOnTheWay() throws {
    var lines = ["number,word"]
    for row in 0..<150_000 { lines.append("\(row * 7919 % 100_003).25,word\(row % 13)") }
    let text = Data((lines.joined(separator: "\n") + "\n").utf8)
    try Self.withFile(text) { path in
      let gzip = try Process.run(URL(filePath: "/usr/bin/env"), arguments: ["gzip", "-k", path])
      gzip.waitUntilExit()
      defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
      let packed = try Data(contentsOf: URL(filePath: path + ".gz"))
      let plain = try Self.cells(path)
      // Two members, of which the second has rows alone, and zeros behind them.
      let rows = lines.dropFirst().joined(separator: "\n") + "\n"
      let more = try Self.withFile(Data(rows.utf8)) { path in
        try Process.run(URL(filePath: "/usr/bin/env"), arguments: ["gzip", "-k", path]).waitUntilExit()
        defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
        return try Data(contentsOf: URL(filePath: path + ".gz"))
      }
      try Self.withFile(packed + more + Data(count: 600)) { path in
        let stream = try RecordStream(path: path, options: .init())
        #expect(stream.isCompressed && stream.size == packed.count + more.count + 600)
        let cells = try Self.cells(path)
        #expect(cells.count == 2 * plain.count)
        #expect(Array(cells[..<plain.count]) == plain && Array(cells[plain.count...]) == plain)
      }
      try Self.withFile(packed.dropLast(4)) { path in
        let stream = try RecordStream(path: path, options: .init())
        #expect(throws: CSVError.corruptGzip(file: path, reason: "it ends early")) {
          while try stream.next() != nil {}
        }
      }
      try Self.withFile(packed + Data([1])) { path in
        let stream = try RecordStream(path: path, options: .init())
        #expect(throws: CSVError.corruptGzip(file: path, reason: "something else follows it")) {
          while try stream.next() != nil {}
        }
      }
    }
  }

  @Test func aHeaderIsKnownByTheNamesThatAreExpected() throws {
    try Self.withFile(Data("1,2\n3,4\n5,6\n".utf8)) { path in
      let without = try RecordStream(path: path, options: .init())
      #expect(without.names == ["column_1", "column_2"])
      let with = try RecordStream(path: path, options: .init(), expecting: ["2"])
      #expect(with.names == ["1", "2"] && with.layout.hasHeader)
      let other = try RecordStream(path: path, options: .init(), expecting: ["7"])
      #expect(!other.layout.hasHeader)
    }
  }

  @Test func wideTextsAreReadWhole() throws {
    let text = "a,b\n1,x\n2,y\n"
    var wide = Data([0xFF, 0xFE])
    for unit in text.utf16 { wide.append(contentsOf: [UInt8(unit & 255), UInt8(unit >> 8)]) }
    try Self.withFile(wide) { path in
      let cells = try Self.cells(path)
      #expect(cells == [["1.0", "x"], ["2.0", "y"]])
    }
    try Self.withFile(Data("a;b\n1;\u{e9}\n".unicodeScalars.map { UInt8($0.value) })) { path in
      let cells = try Self.cells(path)
      #expect(cells == [["1.0", "é"]])
    }
  }

  @Test func aQuoteThatIsNotClosedIsFoundBehindTheRowsBeforeIt() throws {
    let text = "a,b\n" + String(repeating: "1,2\n", count: 400_000) + "\"3,4\n"
    try Self.withFile(Data(text.utf8)) { path in
      let stream = try RecordStream(path: path, options: .init())
      var rows = 0
      #expect(throws: CSVError.unterminatedQuote(file: path, line: 400_002)) {
        while let batch = try stream.next() { rows += batch.count }
      }
      #expect(rows == 400_000)
    }
  }

  @Test func aMissingFileIsSaid() {
    #expect(throws: FileError.notFound(path: "/nowhere.csv")) {
      try RecordStream(path: "/nowhere.csv", options: .init())
    }
  }
}
