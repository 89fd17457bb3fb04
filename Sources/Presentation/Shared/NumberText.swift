import Glibc

/// Numbers as a reader meets them. A number that is not zero never reads as zero.
public enum NumberText {
  /// All digits, the shortest text that reads back to the same number; without `.0` where the number is whole.
  public static func exact(_ value: Double) -> String {
    if value.isNaN { return "undefined" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// At most `digits` significant digits.
  public static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return exact(value == 0 ? 0 : value) }
    // The largest numbers may round up to infinity.
    let near = Double(printed(value, "%.*e", digits - 1)) ?? value
    return exact(near.isFinite ? near : value)
  }

  /// `decimals` digits behind the point, filled with zeros; three significant digits instead where that would read as
  /// zero.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return exact(value) }
    let text = printed(value, "%.*f", decimals)
    return Double(text) == 0 && value != 0 ? significant(value, 3) : text
  }

  /// The decimals that show `digits` significant digits of `value`, at most 15; none for a number that has as many
  /// before the point.
  public static func decimals(of value: Double, digits: Int) -> Int {
    guard value.isFinite, value != 0 else { return digits }
    let exponent = printed(value, "%.*e", digits - 1).split(separator: "e").last.flatMap { Int($0) } ?? 0
    return min(max(0, digits - 1 - exponent), 15)
  }

  /// A share as a percentage.
  public static func percent(_ share: Double) -> String {
    "\(significant(share * 100, share >= 0.0995 ? 2 : 1)) %"
  }

  /// What C's `printf` makes of a number for a format with a precision; the program never leaves C's own locale.
  private static func printed(_ value: Double, _ format: String, _ precision: Int) -> String {
    withVaList([Int32(clamping: precision), value]) { arguments in
      // The longest number, -1.8e308 with 15 decimals, has 326 characters.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let length = Int(vsnprintf(buffer.baseAddress, buffer.count, format, arguments))
        return String(decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }
}
