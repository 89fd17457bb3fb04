import Tensors
import Testing

@testable import DataFrames

@Suite struct CSVTableReaderTests {
  /// Small tables of the kinds that people have.
  static let tables = [
    "id,age,sex,note\n1,63,male,\"ok, fine\"\n2,NA,female,\"two\nlines\"\n3,41.5,male,\"say \"\"hi\"\"\"\n4,?,,\n",
    "a;b;c\r\n1,5;007;x\r\n2,25;012;y\r\n-3;100;z\r\n",
    "x\ty\n1\t265,000\n2\t1,250\n\n3\t7\n",
    "63.0,1.0,?,0\n67.0,4.0,3.0,2\n37.0,3.0,0.0,1\n",
    "\u{FEFF}name,name,\nDE,1e3,inf\nNA,-2,.\nFR,0x1,1\nGB,3,2\nUS,4,3\nZA,5,4\n",
    "n\n" + (0..<30).map { "\($0)\n" }.joined() + "odd\n",
    "a|b\r1|\"x\ry\"\r2|z\r",
    "# note\na;b\n\"1;\"\"x\"\"\"\n\"2;y\"\n",
  ]

  @Test func threadsAndPiecesDoNotChangeTheTable() throws {
    var rows = ["id,number,late,word,quoted"]
    var generator = SeededGenerator(seed: 1, purpose: .test)
    for row in 0..<3000 {
      let number = Double(UInt32.random(in: 0..<1_000_000, using: &generator)) / 1000
      let late = row < 2500 ? "\(row % 5).0" : "text \(row % 7)"
      let quoted = ["\"a\nb, \(row)\"", "\"\"\"q\"\"\"", "st\"ray", "\"\(row)\r\n\""][row % 4]
      rows.append("\(row),\(row % 50 == 7 ? "odd" : "\(number)"),\(late),w\(row % 40),\(quoted)")
    }
    let text = rows.joined(separator: "\n")
    let whole = try frame(text)
    #expect(whole.rowCount == 3000)
    #expect(whole.isNumeric("number"))
    for (size, threads) in [(1, 2), (50, 3), (1000, 1), (4096, 2), (30_000, 3), (1 << 20, 2)] {
      #expect(try sameTable(frame(text, pieceSize: size, threads: threads), whole), "size \(size), \(threads) threads")
    }
  }

  /// Thousands of texts with a few bytes changed: whatever comes out, a table or an error, it comes out the same for
  /// any threads and pieces.
  @Test func changedBytesNeverTrapAndNeverDependOnThreads() {
    let bytes = Array(",;\t|\"\"\n\r #\0.-+0159eENAxé?".utf8) + [0xFF, 0xFE, 0xC3, 0x1F, 0x8B]
    var tables = 0
    for seed in 0..<6000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: .test)
      var text = Array(Self.tables[Int(seed) % Self.tables.count].utf8)
      for _ in 0...UInt32.random(in: 0..<4, using: &generator) {
        let place = Int(UInt32.random(in: 0..<UInt32(text.count), using: &generator))
        let byte = bytes[Int(UInt32.random(in: 0..<UInt32(bytes.count), using: &generator))]
        switch UInt32.random(in: 0..<4, using: &generator) {
        case 0: text[place] = byte
        case 1: text.insert(byte, at: place)
        case 2: text.remove(at: place)
        default: text.replaceSubrange(place..<min(place + 9, text.count), with: text[..<min(12, text.count)])
        }
      }
      var options = CSVReader.Options()
      options.transpose = seed % 11 == 0
      options.skipsBadRecords = seed % 3 == 0
      if seed % 7 == 0 { options.hasHeader = seed % 2 == 0 }
      let first = Result { try frame(text, options) }
      let second = Result { try frame(text, options, pieceSize: 1 + Int(seed % 40), threads: 2) }
      switch (first, second) {
      case (.success(let one), .success(let two)):
        #expect(sameTable(one, two), "seed \(seed)")
        tables += 1
      case (.failure(let one), .failure(let two)):
        #expect("\(one)" == "\(two)", "seed \(seed)")
      default:
        Issue.record("seed \(seed): a table and an error")
      }
    }
    #expect(tables > 1000, "most small changes leave a table")
  }

  /// Equality in which missing numbers are the same.
  private func sameTable(_ one: DataFrame, _ two: DataFrame) -> Bool {
    one.source == two.source && one.rowCount == two.rowCount
      && one.columns.elementsEqual(two.columns) { mine, theirs in
        guard mine.name == theirs.name, mine.spellings == theirs.spellings else { return false }
        switch (mine.values, theirs.values) {
        case (.numbers(let numbers), .numbers(let others)):
          return numbers.elementsEqual(others) { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
        case (.words, .words): return mine.values == theirs.values
        default: return false
        }
      }
  }

  @Test func numbersAreReadToTheLastBit() throws {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let numbers = (0..<2000).map { _ in
      Double(bitPattern: generator.next() & 0xBFFF_FFFF_FFFF_FFFF)
    }
    let table = try frame("x,y\n" + numbers.map { "\($0),1\n" }.joined())
    #expect(table["x"]?.values == .numbers(numbers))
  }

  @Test func aBadRecordLateInALongFileIsFoundWithItsLine() {
    let good = (0..<5000).map { "\($0),\"a\nb\"\n" }.joined()
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 10_002, expected: 2, found: 3)) {
      try frame("x,y\n" + good + "1,2,3\n" + good, pieceSize: 1000, threads: 2)
    }
  }
}
