import Tensors

/// How far a mask is from one that covers a given area: the mean of (r − ρ)², with r the mask's values in ascending
/// order and ρ 0 for the first ⌊N (1 − a)⌋ of them and 1 for the others (Fong, Patrick & Vedaldi, arXiv 1910.08485, eq.
/// 3).
///
/// Only the value at which ρ changes matters, so nothing is sorted.
enum AreaPenalty {
  /// The penalty of a mask, and its gradient times a factor.
  /// - Parameters:
  ///   - mask: values that are not negative, at least one.
  ///   - area: the share that should be covered, from 0 to 1.
  ///   - factor: what the gradient is multiplied with.
  ///   - gradient: takes the gradient, 2/N (m − ρ) times the factor, for each value.
  /// - Returns: the penalty, without the factor.
  /// - Complexity: O(N)
  static func penalty(
    _ mask: UnsafeBufferPointer<Float>, area: Double, factor: Double, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    let zeros = min(max(Int(Double(mask.count) * (1 - area)), 0), mask.count)
    let (threshold, below) = zeros < mask.count ? value(atRank: zeros, mask) : (Float.infinity, mask.count)
    // Of values that are equal the first ones count as the smaller.
    var equalZeros = zeros - below
    let scale = Float(2 * factor / Double(mask.count))
    var sum = 0.0
    for index in 0..<mask.count {
      let value = mask[index]
      var goal: Float = value < threshold ? 0 : 1
      if value == threshold, equalZeros > 0 {
        equalZeros -= 1
        goal = 0
      }
      let difference = Double(value) - Double(goal)
      sum += difference * difference
      gradient[index] = scale * (value - goal)
    }
    return sum / Double(mask.count)
  }

  /// The value at a place of the ascending order, and how many are less, by counting the values' bits in two halves.
  private static func value(atRank rank: Int, _ values: UnsafeBufferPointer<Float>) -> (value: Float, less: Int) {
    // The bits of numbers that are not negative are in the numbers' order.
    func bits(_ value: Float) -> UInt32 { value == 0 ? 0 : value.bitPattern }
    func place(_ counts: [Int], _ rank: Int) -> (place: Int, less: Int) {
      var less = 0
      for (place, count) in counts.enumerated() {
        if less + count > rank { return (place, less) }
        less += count
      }
      return (counts.count - 1, less)
    }
    var counts = [Int](repeating: 0, count: 1 << 16)
    for value in values { counts[Int(bits(value) >> 16)] += 1 }
    let (high, less) = place(counts, rank)
    var lows = [Int](repeating: 0, count: 1 << 16)
    for value in values where Int(bits(value) >> 16) == high { lows[Int(bits(value) & 0xFFFF)] += 1 }
    let (low, lessOfHigh) = place(lows, rank - less)
    return (Float(bitPattern: UInt32(high) << 16 | UInt32(low)), less + lessOfHigh)
  }
}
