import Tensors
import Testing

@testable import DataFrames

@Suite struct TextDecoderTests {
  private static let text = "name,n\ncafé €,1\n\u{1F600},2\n"

  @Test func readsUTF8WithAndWithoutByteOrderMark() throws {
    for text in [Self.text, "\u{FEFF}" + Self.text] {
      let table = try frame(text)
      #expect(table.cells("name") == ["café €", "\u{1F600}"])
      #expect(table.source.csv?.encoding == .utf8)
    }
  }

  @Test func readsUTF16InBothOrders() throws {
    let units = Array(("\u{FEFF}" + Self.text).utf16)
    let little = try frame(units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    let big = try frame(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    #expect(little.source.csv?.encoding == .utf16LittleEndian)
    #expect(big.source.csv?.encoding == .utf16BigEndian)
    for table in [little, big] { #expect(table.cells("name") == ["café €", "\u{1F600}"]) }
  }

  @Test func whatIsNotUTF8IsWindows1252AndIsSaid() throws {
    // é is E9, € is 80, the closing quote is 94.
    let bytes = Array("name,n\nplain,1\ncaf".utf8) + [0xE9, 0x20, 0x80, 0x94] + Array(",2\n".utf8)
    let table = try frame(bytes)
    #expect(table.cells("name") == ["plain", "café €\u{201D}"])
    #expect(table.source.csv?.encoding == .windows1252)
    #expect(table.source.notes == [.notUTF8(line: 3)])
  }

  @Test func brokenUTF16DoesNotTrap() throws {
    #expect(throws: CSVError.noRows(file: "t.csv")) { try frame([0xFF, 0xFE]) }
    #expect(throws: CSVError.noRows(file: "t.csv")) { try frame([0xFE, 0xFF, 0x00]) }
    // A lone high surrogate, and an odd byte at the end.
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0xD8, 0x0A, 0x00, 0x62]
    #expect(try frame(bytes).cells("a") == ["\u{FFFD}"])
  }

  /// Every sequence of up to three bytes of each class: the first invalid byte is where Swift's own decoder first
  /// repairs.
  @Test func agreesWithSwiftOnWhatIsValid() {
    let bytes: [UInt8] = [
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
      0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for first in bytes {
      for second in bytes {
        for third in bytes {
          for fourth in bytes {
            let sequence = [first, second, third, fourth]
            let isValid = String(validating: sequence, as: UTF8.self) != nil
            let found = TextDecoder.firstInvalidByte(sequence, workers: .one)
            #expect((found == nil) == isValid, "\(sequence)")
            if let found { #expect(String(validating: sequence[..<found], as: UTF8.self) != nil, "\(sequence)") }
          }
        }
      }
    }
  }

  @Test func anInvalidByteIsFoundInAnyPartOfALongText() {
    var bytes = [UInt8](repeating: 0x61, count: 3 << 20)
    #expect(TextDecoder.firstInvalidByte(bytes, workers: Workers(count: 2)) == nil)
    // é across the border of two parts is valid.
    bytes[(1 << 20) - 1] = 0xC3
    bytes[1 << 20] = 0xA9
    #expect(TextDecoder.firstInvalidByte(bytes, workers: Workers(count: 2)) == nil)
    bytes[(2 << 20) + 5] = 0xE9
    #expect(TextDecoder.firstInvalidByte(bytes, workers: Workers(count: 2)) == (2 << 20) + 5)
  }
}
