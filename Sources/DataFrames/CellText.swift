import CFastFloat

/// What the text of one cell says when read as a number.
enum CellText {
  /// The cell without blanks and line ends around it.
  @inline(__always)
  static func trimmed(_ cell: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var first = 0
    var last = cell.count
    while first < last, isBlank(cell[first]) { first += 1 }
    while last > first, isBlank(cell[last - 1]) { last -= 1 }
    return UnsafeBufferPointer(rebasing: cell[first..<last])
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  /// A whole number spelled in the one shortest way, such as 0, 12 or -7, with at most 15 digits; nil for all else.
  @inline(__always)
  static func shortestInteger(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard cell.count > 0, cell.count <= 16 else { return nil }
    let isNegative = cell[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    guard first < cell.count, cell.count - first <= 15 else { return nil }
    if cell[first] == UInt8(ascii: "0"), cell.count > 1 { return nil }
    var value: Int64 = 0
    for index in first..<cell.count {
      let digit = cell[index] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return Double(isNegative ? -value : value)
  }

  /// The value of a decimal number that fills the cell: digits with an optional sign, point and exponent, or an
  /// infinity; nil for all else, also for a number with leading zeros, such as 007.
  static func plainNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    hasLeadingZero(cell) ? nil : anyNumber(cell)
  }

  /// As `plainNumber`, but leading zeros are passed over.
  static func anyNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard var start = cell.baseAddress, cell.count > 0 else { return nil }
    let end = start + cell.count
    if start.pointee == UInt8(ascii: "+") {
      start += 1
      if start == end || start.pointee == UInt8(ascii: "-") { return nil }
    }
    var value = 0.0
    let stop = start.withMemoryRebound(to: CChar.self, capacity: end - start) { first in
      let last = first + (end - start)
      return xai_parse_double(first, last, &value) == last
    }
    return stop && !value.isNaN ? value : nil
  }

  /// Whether the cell begins, after a sign, with a zero and one more digit.
  static func hasLeadingZero(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let lead = cell.first else { return false }
    let first = lead == UInt8(ascii: "-") || lead == UInt8(ascii: "+") ? 1 : 0
    return first + 1 < cell.count && cell[first] == UInt8(ascii: "0") && isDigit(cell[first + 1])
  }

  /// The value of a number whose digits before the point stand in groups of three with commas between them, such as
  /// 265,000 or 1,234.5.
  static func groupedNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    let whole = cell.prefix { $0 != UInt8(ascii: ".") }
    let groups = whole.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard groups.count >= 2, let first = groups.first else { return nil }
    let lead = first.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard first.count - lead.count <= 1, 1...3 ~= lead.count, lead.allSatisfy(isDigit) else { return nil }
    guard groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(isDigit) }) else { return nil }
    guard cell[whole.endIndex...].dropFirst().allSatisfy(isDigit) else { return nil }
    return cell.filter { $0 != UInt8(ascii: ",") }.withUnsafeBufferPointer(plainNumber)
  }

  /// The value of a number with a decimal comma, such as 1,5 or -0,25e-3.
  static func decimalCommaNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let comma = cell.firstIndex(of: UInt8(ascii: ",")), !cell.contains(UInt8(ascii: ".")) else { return nil }
    let digits = comma > 0 && isDigit(cell[comma - 1]) || comma + 1 < cell.count && isDigit(cell[comma + 1])
    guard digits else { return nil }
    var pointed = Array(cell)
    pointed[comma] = UInt8(ascii: ".")
    return pointed.withUnsafeBufferPointer(plainNumber)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }
}
