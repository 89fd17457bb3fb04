import Glibc

/// Finds where records begin and end in CSV text without reading the cells, by the rules of libcsv: a quote opens a
/// field only at the field's start, after blanks; CR and LF both end a record; lines of blanks are no records.
struct RecordScanner {
  /// The text, in UTF-8.
  let text: UnsafeBufferPointer<UInt8>
  /// Where the first record may begin.
  let start: Int
  /// The byte between fields.
  let delimiter: UInt8

  private static let quote = UInt8(ascii: "\"")

  /// Where a record stands and how many fields it has.
  struct Record {
    /// Its first byte that is no blank.
    var start: Int
    /// The line end behind it, or the end of the text.
    var end: Int
    /// The number of its fields.
    var fields: Int
    /// Where a quote opens that is never closed.
    var openQuote: Int?
  }

  /// The first record that begins at `position`, which lies between records, or after it.
  func record(from position: Int) -> Record? {
    var index = position
    while index < text.count, isBlank(text[index]) || Self.isLineEnd(text[index]) { index += 1 }
    guard index < text.count else { return nil }
    var record = Record(start: index, end: text.count, fields: 1, openQuote: nil)
    while true {
      while index < text.count, isBlank(text[index]) { index += 1 }
      if index < text.count, text[index] == Self.quote {
        guard let end = end(ofQuotedFieldAt: index) else {
          record.openQuote = index
          return record
        }
        index = end
      }
      while index < text.count, text[index] != delimiter, !Self.isLineEnd(text[index]) { index += 1 }
      if index == text.count || text[index] != delimiter {
        record.end = index
        return record
      }
      record.fields += 1
      index += 1
    }
  }

  /// Cuts the text at record ends into ranges of at least `size` bytes, but for the last, and says where a quote opens
  /// that is never closed.
  ///
  /// Without quotes this looks at a few bytes a piece; with them it goes from quote to quote.
  func pieces(size: Int) -> (ranges: [Range<Int>], openQuote: Int?) {
    var ranges: [Range<Int>] = []
    var pieceStart = start
    var openQuote: Int?
    var position = start
    while true {
      let quote = next(Self.quote, from: position) ?? text.count
      while pieceStart + size < quote {
        var end = max(pieceStart + size, position)
        while end < quote, !Self.isLineEnd(text[end]) { end += 1 }
        guard end < quote else { break }
        ranges.append(pieceStart..<end + 1)
        pieceStart = end + 1
      }
      guard quote < text.count else { break }
      guard opensField(quote) else {
        position = quote + 1
        continue
      }
      guard let end = end(ofQuotedFieldAt: quote) else {
        openQuote = quote
        break
      }
      position = end
    }
    if pieceStart < text.count { ranges.append(pieceStart..<text.count) }
    return (ranges, openQuote)
  }

  /// The line, from 1, on which the byte at `offset` stands.
  func line(at offset: Int) -> Int {
    1 + lineEnds(in: 0..<min(offset, text.count))
  }

  /// The number of line ends in a range of the text; CR LF is one, and counts where its LF is.
  func lineEnds(in range: Range<Int>) -> Int {
    var count = 0
    for index in range {
      let byte = text[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A)) { count += 1 }
    }
    return count
  }

  /// Whether the byte ends a record outside quotes.
  static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && byte != delimiter
  }

  private func next(_ byte: UInt8, from position: Int) -> Int? {
    guard let base = text.baseAddress, position < text.count,
      let found = memchr(base + position, Int32(byte), text.count - position)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Whether the quote at `position`, outside quoted fields, opens one: nothing but blanks is before it in the field.
  private func opensField(_ position: Int) -> Bool {
    var index = position
    while index > start, isBlank(text[index - 1]) { index -= 1 }
    return index == start || text[index - 1] == delimiter || Self.isLineEnd(text[index - 1])
  }

  /// The delimiter, line end or end of text that ends the quoted field which opens at `open`; nil if none does.
  ///
  /// A quote closes the field if only blanks are between it and the delimiter or line end; any other quote belongs
  /// to the text, and two in a row are one.
  private func end(ofQuotedFieldAt open: Int) -> Int? {
    var position = open + 1
    while let quote = next(Self.quote, from: position) {
      var index = quote + 1
      while index < text.count, isBlank(text[index]) { index += 1 }
      if index == text.count || text[index] == delimiter || Self.isLineEnd(text[index]) { return index }
      let isDoubled = index == quote + 1 && text[index] == Self.quote
      position = isDoubled ? index + 1 : index
    }
    return nil
  }
}
