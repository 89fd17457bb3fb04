import Testing

@testable import DataFrames

@Suite struct GzipTests {
  /// The two lines `a,b` and `1,2`, packed.
  private static let packed: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0x31, 0xE2,
    0x02, 0x00, 0x7B, 0x07, 0x97, 0x0A, 0x08, 0x00, 0x00, 0x00,
  ]
  /// The line `3,4`, packed.
  private static let more: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xD6, 0x31, 0xE1, 0x02, 0x00, 0x3E, 0x2D,
    0x72, 0xA9, 0x04, 0x00, 0x00, 0x00,
  ]

  @Test func readsOneMemberOrSeveral() throws {
    let one = try frame(Self.packed)
    #expect(one.cells("b") == ["2.0"])
    #expect(one.source.isCompressed)
    #expect(try frame(Self.packed + Self.more).cells("b") == ["2.0", "4.0"])
    #expect(try frame(Self.packed + Self.more + [0, 0, 0]).cells("b") == ["2.0", "4.0"], "zeros are padding")
  }

  @Test func theHashIsOfTheBytesAsTheyStand() throws {
    #expect(try frame(Self.packed).source.sha256 == Digest.sha256(Self.packed))
  }

  @Test func anyEarlyEndIsAnError() {
    for count in 2..<Self.packed.count {
      #expect(throws: CSVError.corruptGzip(file: "t.csv", reason: "it ends early"), "\(count) bytes") {
        try frame(Array(Self.packed[..<count]))
      }
    }
    #expect(throws: CSVError.corruptGzip(file: "t.csv", reason: "it ends early")) {
      try frame(Self.packed + Self.more[..<12])
    }
  }

  @Test func damageIsAnError() {
    var damaged = Self.packed
    damaged[damaged.count - 6] ^= 1
    #expect(throws: CSVError.corruptGzip(file: "t.csv", reason: "incorrect data check")) { try frame(damaged) }
    #expect(throws: CSVError.corruptGzip(file: "t.csv", reason: "something else follows it")) {
      try frame(Self.packed + [1, 2, 3])
    }
  }

  /// Any byte changed to any of a few values: an error or a table, never a trap.
  @Test func changedBytesNeverTrap() {
    var errors = 0
    for place in Self.packed.indices {
      for change in [0x01, 0x80, 0xFF] as [UInt8] {
        var damaged = Self.packed
        damaged[place] ^= change
        if (try? frame(damaged)) == nil { errors += 1 }
      }
    }
    #expect(errors > Self.packed.count)
  }

  @Test func gzipInsideGzipIsAnErrorOfItsOwn() {
    #expect(throws: CSVError.nestedGzip(file: "t.csv")) { try frame(Self.bomb) }
    let text = "d.gz: holds gzip data inside gzip data; unpack it once"
    #expect(CSVError.nestedGzip(file: "d.gz").description == text)
  }

  /// Output that is larger than the input by a factor of a thousand, and larger than one part.
  @Test func muchMayComeOutOfLittle() throws {
    let bytes = try Gzip.unpacked(Gzip.unpacked(Self.bomb, file: "t.csv"), file: "t.csv")
    #expect(bytes.count == 3_000_000)
    #expect(bytes.allSatisfy { $0 == 0x30 })
  }

  /// Three million times the digit 0, packed twice.
  static let bomb: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x93, 0xEF, 0xE6, 0x60, 0x00, 0x01, 0x26, 0xE6,
    0xB7, 0x07, 0x1B, 0x41, 0x8C, 0xC3, 0x0A, 0x4B, 0x7F, 0x5E, 0x96, 0x7D, 0x12, 0xCA, 0xC8, 0x30, 0x0A, 0x46,
    0xC1, 0x28, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x8C, 0x82, 0x51, 0x30, 0x0A, 0x46, 0xC1, 0x28, 0xA0, 0x02, 0xD0,
    0x67, 0xEB, 0x4E, 0xFB, 0x78, 0xFB, 0xC0, 0x31, 0x5D, 0x06, 0x00, 0x01, 0xC0, 0x6B, 0x34, 0x7E, 0x0B, 0x00,
    0x00,
  ]
}
