import Tensors
import Testing

@testable import DataFrames

@Suite struct RecordScannerTests {
  @Test func countsFieldsAsTheyWillBeSplit() {
    let cases: [(String, Int)] = [
      ("a,b,c\n", 3), ("a", 1), ("\"a,b\",c\n", 2), ("\"a\"\"b,\",c\n", 2), ("a\"b,c\n", 2), (" \"a,b\" ,c\n", 2),
      ("\"a\" x,b\",c\n", 2), ("\"a\" \",b\n", 2), ("\"a\" \"\",b\",c\n", 2), (",,\n", 3),
    ]
    for (text, fields) in cases {
      scanning(text) { scanner in
        #expect(scanner.record(from: 0)?.fields == fields, "\(text)")
        #expect(CellGrid(scanner.text, delimiter: scanner.delimiter).fieldCount(0) == fields, "\(text)")
      }
    }
  }

  @Test func blankLinesAreNoRecords() {
    scanning("\n  \r\n a\n") { scanner in
      #expect(scanner.record(from: 0)?.start == 6)
      #expect(scanner.record(from: 8) == nil)
    }
  }

  @Test func carriageReturnAndNewlineAreOneLineEnd() {
    scanning("a\r\nb\rc\nd") { scanner in
      #expect([0, 3, 5, 7].map(scanner.line(at:)) == [1, 2, 3, 4])
    }
  }

  @Test func saysWhereAnOpenQuoteOpens() {
    scanning("a,b\n1,\"x\n\"\"y") { scanner in
      #expect(scanner.record(from: 3)?.openQuote == 6)
      #expect(scanner.pieces(size: 1).openQuote == 6)
    }
  }

  /// Random texts of the characters that matter: the scanner finds the records that libcsv finds, and pieces of any
  /// size split into the same fields as the whole.
  @Test(arguments: [",", "\t", ";"] as [Character])
  func agreesWithLibcsvOnRandomTexts(delimiter: Character) {
    let alphabet = Array("ab\"\"\"  \t\n\n\r,,;1".utf8) + [delimiter.asciiValue ?? 0]
    for seed in 0..<20_000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let length = Int(UInt32.random(in: 0..<40, using: &generator))
      let text = (0..<length).map { _ in alphabet[Int(UInt32.random(in: 0..<UInt32(alphabet.count), using: &generator))]
      }
      text.withUnsafeBufferPointer { bytes in
        let scanner = RecordScanner(text: bytes, start: 0, delimiter: delimiter.asciiValue ?? 0)
        let whole = CellGrid(bytes, delimiter: scanner.delimiter)
        var counts: [Int] = []
        var position = 0
        var openQuote: Int?
        while let record = scanner.record(from: position) {
          counts.append(record.fields)
          openQuote = record.openQuote
          position = record.end
        }
        #expect(counts == (0..<whole.recordCount).map(whole.fieldCount), "seed \(seed)")
        #expect((openQuote != nil) == (whole.ending == .insideQuotes), "seed \(seed)")
        for size in [1, 3, 10] {
          let (ranges, open) = scanner.pieces(size: size)
          #expect(open == openQuote, "seed \(seed), size \(size)")
          let cells = ranges.flatMap { range in
            texts(CellGrid(UnsafeBufferPointer(rebasing: bytes[range]), delimiter: scanner.delimiter))
          }
          #expect(cells == texts(whole), "seed \(seed), size \(size)")
        }
      }
    }
  }

  private func texts(_ grid: CellGrid) -> [[[UInt8]]] {
    (0..<grid.recordCount).map { record in
      (0..<grid.fieldCount(record)).map { Array(grid.cell(record, $0)) }
    }
  }
}
