import Tensors

/// Turning the bytes of a file into UTF-8.
enum TextDecoder {
  /// Text in UTF-8 and what it was before.
  struct Decoded {
    /// The text, in UTF-8 without a byte order mark, from `start`.
    var text: [UInt8]
    /// Where the text begins: behind the byte order mark.
    var start: Int
    /// What the bytes were.
    var encoding: TextEncoding
    /// For text that is no UTF-8: the first byte that shows it.
    var firstInvalid: Int?
  }

  /// Decodes by byte order mark; without one the text is UTF-8 if it is valid as such, else Windows-1252.
  static func decode(_ bytes: [UInt8], workers: Workers) -> Decoded {
    if bytes.starts(with: [0xFF, 0xFE]) {
      return Decoded(text: utf8(fromUTF16: bytes, high: 1), start: 0, encoding: .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return Decoded(text: utf8(fromUTF16: bytes, high: 0), start: 0, encoding: .utf16BigEndian)
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let invalid = firstInvalidByte(bytes, workers: workers) else {
      return Decoded(text: bytes, start: start, encoding: .utf8)
    }
    return Decoded(
      text: utf8(fromWindows1252: bytes[start...]), start: 0, encoding: .windows1252, firstInvalid: invalid)
  }

  /// The index of the first byte that cannot be part of valid UTF-8 (Unicode, table 3-7), or nil.
  static func firstInvalidByte(_ bytes: [UInt8], workers: Workers) -> Int? {
    let ranges = Workers.ranges(bytes.count, size: 1 << 20)
    let plain = workers.map(count: ranges.count) { part in
      bytes.withUnsafeBufferPointer { buffer in
        var all: UInt8 = 0
        for index in ranges[part] { all |= buffer[index] }
        return all < 0x80
      }
    }
    guard let first = plain.firstIndex(of: false) else { return nil }
    return bytes.withUnsafeBufferPointer { firstInvalidByte($0, from: ranges[first].lowerBound) }
  }

  private static func firstInvalidByte(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let (following, lowest, highest): (Int, UInt8, UInt8)
      switch lead {
      case 0xC2...0xDF: (following, lowest, highest) = (1, 0x80, 0xBF)
      case 0xE0: (following, lowest, highest) = (2, 0xA0, 0xBF)
      case 0xED: (following, lowest, highest) = (2, 0x80, 0x9F)
      case 0xE1...0xEF: (following, lowest, highest) = (2, 0x80, 0xBF)
      case 0xF0: (following, lowest, highest) = (3, 0x90, 0xBF)
      case 0xF1...0xF3: (following, lowest, highest) = (3, 0x80, 0xBF)
      case 0xF4: (following, lowest, highest) = (3, 0x80, 0x8F)
      default: return index
      }
      guard index + following < bytes.count, lowest...highest ~= bytes[index + 1] else { return index }
      for next in index + 2..<index + 1 + following where bytes[next] & 0xC0 != 0x80 { return index }
      index += following + 1
    }
    return nil
  }

  /// UTF-16 with a byte order mark; `high` is the place of the high byte in a pair. A lone surrogate becomes U+FFFD,
  /// and a last odd byte is left out.
  private static func utf8(fromUTF16 bytes: [UInt8], high: Int) -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).lazy.map { index in
      UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high])
    }
    return Array(String(decoding: Array(units), as: UTF16.self).utf8)
  }

  private static func utf8(fromWindows1252 bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
        continue
      }
      let scalar = byte < 0xA0 ? windows1252[Int(byte) - 0x80] : UInt16(byte)
      if scalar >= 0x800 {
        text.append(0xE0 | UInt8(scalar >> 12))
        text.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      } else {
        text.append(0xC0 | UInt8(scalar >> 6))
      }
      text.append(0x80 | UInt8(scalar & 0x3F))
    }
    return text
  }

  /// The scalars of the bytes 0x80 to 0x9F; the five that have none stand for the control characters of Latin-1.
  private static let windows1252: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
    0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
