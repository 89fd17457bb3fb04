/// Sets of rows, one bit a row, as the rows of one flat array of words.
struct RowBits: Sendable {
  /// The number of words of a set.
  let wordCount: Int
  /// The words, `[sets, wordCount]`; bits past the last row are 0.
  var words: [UInt64] = []

  /// No sets of `rowCount` rows yet.
  init(rowCount: Int) { wordCount = (rowCount + 63) / 64 }

  /// Adds the set of the rows for which `isMember` says so.
  mutating func append(rowCount: Int, _ isMember: (Int) -> Bool) {
    var word: UInt64 = 0
    for row in 0..<rowCount {
      if isMember(row) { word |= 1 << UInt64(row & 63) }
      if row & 63 == 63 || row == rowCount - 1 {
        words.append(word)
        word = 0
      }
    }
  }

  /// The words of a set.
  subscript(_ set: Int) -> ArraySlice<UInt64> { words[set * wordCount..<(set + 1) * wordCount] }

  /// The number of rows of a set.
  func count(_ set: Int) -> Int { self[set].reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The number of rows that a set shares with `other`.
  func count(_ set: Int, and other: some Collection<UInt64>) -> Int {
    zip(self[set], other).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
  }

  /// Calls `body` with each row of `words`, ascending.
  static func forEach(_ words: some Sequence<UInt64>, _ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index << 6 | rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
