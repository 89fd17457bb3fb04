import Tensors
import Testing

@testable import DataFrames

@Suite struct CSVWriterTests {
  @Test func onlyFieldsThatNeedItAreQuoted() {
    let cases: [(String, String)] = [
      ("a b", "a b"), ("", ""), ("1,5", "\"1,5\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a\nb", "\"a\nb\""),
      ("a\r\nb", "\"a\r\nb\""), (" a", "\" a\""), ("a\t", "\"a\t\""), (",\u{301}", "\",\u{301}\""), ("1;5", "1;5"),
    ]
    for (text, field) in cases { #expect(CSVWriter.field(text) == field, "\(text)") }
    #expect(CSVWriter.field("1;5", delimiter: ";") == "\"1;5\"")
    #expect(CSVWriter.record(["a", "b,c", ""]) == "a,\"b,c\",")
    #expect(CSVWriter.record([""]) == "\"\"")
  }

  /// What is written is read back as it was, whatever bytes it has.
  @Test func writtenRecordsAreReadBack() {
    let alphabet: [Character] = ["a", "\"", ",", "\n", "\r\n", "\r", " ", "é", ";", "1", "\u{301}", "\0"]
    for seed in 0..<3000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      let fields = (0..<4).map { _ in
        String(
          (0..<UInt32.random(in: 0..<6, using: &generator)).map { _ in
            alphabet[Int(UInt32.random(in: 0..<12, using: &generator))]
          })
      }
      let text = Array((CSVWriter.record(fields) + "\n").utf8)
      text.withUnsafeBufferPointer { bytes in
        let grid = CellGrid(bytes, delimiter: UInt8(ascii: ","))
        let read = (0..<grid.fieldCount(0)).map { Array(grid.cell(0, $0)) }
        #expect(read == fields.map { Array($0.utf8) }, "seed \(seed)")
      }
    }
  }
}
