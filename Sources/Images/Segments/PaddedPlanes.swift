/// Planes of numbers with a margin all around, for loops that read four neighbours of a row at once, from any place of
/// a window.
struct PaddedPlanes: Sendable {
  let width: Int
  let height: Int
  /// From a row to the next.
  let stride: Int
  /// From a plane to the next.
  let size: Int
  /// All planes, one behind the other.
  let numbers: [Double]
  private let margin: Int

  /// Planes of `width · height` numbers, row by row, with `outside` around them.
  init(_ planes: [[Double]], width: Int, height: Int, margin: Int, outside: Double) {
    self.width = width
    self.height = height
    self.margin = margin
    // The last four of a row may reach beyond it, and their window even farther.
    let stride = (width + 3) / 4 * 4 + 2 * margin
    self.stride = stride
    size = stride * (height + 2 * margin)
    var numbers = [Double](repeating: outside, count: size * planes.count)
    for (number, plane) in planes.enumerated() {
      for row in 0..<height {
        let start = number * size + (row + margin) * stride + margin
        numbers.replaceSubrange(start..<start + width, with: plane[row * width..<(row + 1) * width])
      }
    }
    self.numbers = numbers
  }

  /// A pixel's place in the first plane.
  func place(_ row: Int, _ column: Int) -> Int { (row + margin) * stride + column + margin }
}

/// Four numbers that stand side by side.
typealias Four = SIMD4<Double>

extension UnsafeRawBufferPointer {
  /// The four numbers from a place.
  @inline(__always)
  func four(_ place: Int) -> Four { loadUnaligned(fromByteOffset: 8 * place, as: Four.self) }
}

extension Four {
  /// eˣ of each x ≤ 0, to 2e-13 of its value; below −700 it is that of −700.
  ///
  /// 2ⁿ · eʳ with n the whole number next to x / ln 2, and eʳ by its series to the eleventh power.
  @inline(__always)
  static func exponential(_ x: Four) -> Four {
    let x = x.replacing(with: Four(repeating: -700), where: x .< -700)
    // Adding 1.5 · 2⁵² leaves the whole number in the last bits.
    let shift = Four(repeating: 0x1.8p52)
    let shifted = x * 1.4426950408889634 + shift
    let r = x - (shifted - shift) * 0.6931471805599453
    var sum = r * (1.0 / 39_916_800) + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 0.5
    sum = sum * r + 1
    sum = sum * r + 1
    let exponent = unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD4<UInt64>.self) &+ exponent, to: Four.self)
  }
}
