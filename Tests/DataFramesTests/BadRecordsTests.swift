import Tensors
import Testing

@testable import DataFrames

@Suite struct BadRecordsTests {
  private static let skipping = CSVReader.Options(skipsBadRecords: true)

  @Test func recordsOfWrongLengthAreLeftOutAndCounted() throws {
    let table = try frame("a,b\n1,2\n3\n4,5,6\n\"x\ny\",\"z\"\n1,\"2\n3\",4\n7,8\n", Self.skipping)
    #expect(table.cells("a") == ["1", "x\ny", "7"])
    #expect(table.cells("b") == ["2", "z", "8"])
    #expect(table.source.skippedRecords == 3 && table.source.rows == 3)
    #expect(table.source.notes == [.leftOutRecords(count: 3, lines: [3, 4, 7])])
  }

  @Test func nothingIsSaidWhereNothingIsBad() throws {
    let table = try frame("a,b\n1,2\n", Self.skipping)
    #expect(table.source.skippedRecords == 0 && table.source.notes.isEmpty)
  }

  @Test func recordsWithoutANumberInADeclaredColumnAreLeftOut() throws {
    let text = "id,age,note\n1,20,x\n2,thirty,y\n3,,x\n4,NA,x\n5\n6,\"1,000\",z\n7,012,x\n8,?,x\n9,<5,x\n"
    var options = Self.skipping
    options.numeric = ["age"]
    let table = try frame(text, options)
    #expect(table.cells("id") == ["1.0", "3.0", "4.0", "6.0", "7.0", "8.0"])
    #expect(table.cells("age") == ["20.0", "-", "-", "1000.0", "12.0", "-"])
    #expect(table["note"]?.values == .words(codes: [0, 0, 0, 1, 0, 0], levels: ["x", "z"]))
    #expect(
      table.source.notes == [
        .leftOutRecords(count: 3, lines: [3, 6, 10]), .digitGroups(columns: ["age"]),
      ])
    #expect(throws: CSVError.notANumber(file: "t.csv", line: 2, column: "note", found: "x")) {
      try frame(text, .init(numeric: ["note"], skipsBadRecords: true))
    }
  }

  @Test func anOpenQuoteAndNothingButBadRecordsRemainErrors() {
    #expect(throws: CSVError.unterminatedQuote(file: "t.csv", line: 4)) {
      try frame("a,b\n1,2\n3\n4,\"5\n6,7\n", Self.skipping)
    }
    #expect(throws: CSVError.fieldCount(file: "t.csv", line: 2, expected: 2, found: 3)) {
      try frame("a,b\n1,2,3\n4\n", Self.skipping)
    }
    #expect(throws: CSVError.noRows(file: "t.csv")) { try frame("a,b\n", Self.skipping) }
  }

  @Test func aTransposedTableLosesColumns() throws {
    let table = try frame("g,s1,s2\na,1,2\nb,3\nc,4,5\n", .init(transpose: true, skipsBadRecords: true))
    #expect(table.columns.map(\.name) == ["g", "a", "c"])
    #expect(table.source.notes == [.transposed, .leftOutRecords(count: 1, lines: [3])])
  }

  @Test func blanksBetweenFieldsAreNoBlankLines() throws {
    let table = try frame("a b\n1 2\n3\n4 5\n", .init(delimiter: 0x20, skipsBadRecords: true))
    #expect(table.cells("b") == ["2.0", "5.0"])
  }

  /// The table is that of the file without the bad records, for any threads and pieces; lines are the file's.
  @Test func theTableIsThatOfTheGoodRecords() throws {
    var generator = SeededGenerator(seed: 9, purpose: .test)
    for seed in 0..<200 {
      var all = ["n,w,q"]
      var good = all
      var badLines: [Int] = []
      var line = 1
      for row in 0..<60 {
        line += 1
        let record =
          "\(UInt32.random(in: 0..<30, using: &generator)),w\(UInt32.random(in: 0..<4, using: &generator)),\"\(row)\n\""
        switch UInt32.random(in: 0..<12, using: &generator) {
        case 0: all.append("\(row),\"bad \"\"x\"\"\"")
        case 1: all.append(record + ",more")
        case 2: all.append("odd,\(record.drop { $0 != "," }.dropFirst())")
        default:
          all.append(record)
          good.append(record)
          line += 1
          continue
        }
        badLines.append(line)
        line += all[all.count - 1].count { $0 == "\n" }
      }
      let expected = try frame(good.joined(separator: "\n"), .init(numeric: ["n"]))
      let options = CSVReader.Options(numeric: ["n"], skipsBadRecords: true)
      let text = all.joined(separator: "\n")
      let table = try frame(text, options)
      #expect(table.columns == expected.columns, "round \(seed)")
      #expect(table.source.skippedRecords == badLines.count)
      #expect(table.source.notes.first == .leftOutRecords(count: badLines.count, lines: Array(badLines.prefix(5))))
      #expect(try frame(text, options, pieceSize: 1 + seed, threads: 2) == table)
    }
  }
}
