/// Numbers as a reader meets them. A number that is not zero never reads as zero.
enum NumberText {
  /// All digits, the shortest text that reads back to the same number; without `.0` where the number is whole.
  static func exact(_ value: Double) -> String {
    if value.isNaN { return "undefined" }
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// At most `digits` significant digits.
  static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return exact(value == 0 ? 0 : value) }
    return exact(rounded(value, decimals: digits - 1 - exponent(value)))
  }

  /// `decimals` digits behind the point, filled with zeros; three significant digits instead where that would read as
  /// zero.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return exact(value) }
    let near = rounded(value, decimals: decimals)
    if near == 0 && value != 0 { return significant(value, 3) }
    let text = exact(near)
    if decimals <= 0 || text.contains("e") { return text }
    let behind = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    return text + (behind == 0 ? "." : "") + String(repeating: "0", count: max(0, decimals - behind))
  }

  /// The decimals that show `digits` significant digits of `value`; none for a number that has as many before the point.
  static func decimals(of value: Double, digits: Int) -> Int {
    guard value.isFinite, value != 0 else { return digits }
    return min(max(0, digits - 1 - exponent(value)), 15)
  }

  /// A share as a percentage.
  static func percent(_ share: Double) -> String {
    "\(significant(share * 100, share >= 0.0995 ? 2 : 1)) %"
  }

  /// The power of ten of the leading digit.
  private static func exponent(_ value: Double) -> Int {
    var exponent = 0
    var rest = value.magnitude
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }

  private static func rounded(_ value: Double, decimals: Int) -> Double {
    // Powers of ten are exact up to the 22nd; further ones would add an error of their own.
    if decimals > 300 { return value }
    let power = powerOfTen(decimals.magnitude)
    let scaled = decimals >= 0 ? value * power : value / power
    guard scaled.isFinite, scaled.magnitude < 0x1p52 else { return value }
    return decimals >= 0 ? scaled.rounded() / power : scaled.rounded() * power
  }

  private static func powerOfTen(_ exponent: UInt) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
