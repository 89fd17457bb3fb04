import Foundation

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten, at most `limit` of them, zero among
/// them wherever the axis crosses it.
struct AxisTicks: Equatable {
  /// A mark on the axis.
  struct Tick: Equatable {
    /// Where it stands, in units of the axis' `scale`.
    var position: Double
    /// The number, exact: it never reads 0 where the number is not.
    var label: String
  }

  /// The marks, from left to right.
  let ticks: [Tick]

  /// The marks of an axis that runs from `lower` to `upper` in units of `scale`.
  ///
  /// The unit is apart from the bounds so that numbers near either end of Double's range can be drawn. Where the
  /// step between two marks would leave that range, zero is the only mark.
  init(from lower: Double, to upper: Double, scale: Double, limit: Int = 7) {
    precondition(lower < upper && scale > 0, "AxisTicks: \(lower) to \(upper) in units of \(scale)")
    let decades = Foundation.log10((upper - lower) / Double(limit)) + Foundation.log10(scale)
    var ticks: [Tick] = []
    search: for exponent in Int(decades.rounded(.down))...Int(decades.rounded(.down)) + 1 {
      for factor in [1, 2, 5] {
        let step = Double(factor) * Foundation.pow(10, Double(exponent)) / scale
        guard step.isNormal, upper - lower <= step * Double(limit) else { continue }
        let first = Int((lower / step).rounded(.up))
        let last = Int((upper / step).rounded(.down))
        guard (0..<limit).contains(last - first) else { continue }
        for multiple in first...last {
          let label = Self.text(multiple * factor, exponent: exponent)
          ticks.append(Tick(position: Double(multiple) * step, label: label))
        }
        break search
      }
    }
    self.ticks = ticks.isEmpty ? [Tick(position: 0, label: "0")] : ticks
  }

  /// The number `digits` times ten to the power `exponent`, in full where that is short.
  private static func text(_ digits: Int, exponent: Int) -> String {
    if digits == 0 { return "0" }
    let sign = digits < 0 ? "−" : ""
    let number = String(digits.magnitude)
    if (0...5).contains(exponent) { return sign + number + String(repeating: "0", count: exponent) }
    if (-5..<0).contains(exponent) {
      let padded = String(repeating: "0", count: max(0, 1 - exponent - number.count)) + number
      return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }
    let zeros = number.reversed().prefix { $0 == "0" }.count
    let significant = number.dropLast(zeros)
    let fraction = significant.dropFirst()
    let power = exponent + number.count - 1
    return sign + significant.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(power)"
  }
}
