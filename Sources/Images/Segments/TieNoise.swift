import RealModule

/// Normal numbers as numpy's `default_rng(seed).normal` draws them, so that what scikit-image breaks ties with can be
/// drawn again.
///
/// The seed passes numpy's `SeedSequence` (O'Neill's `seed_seq_fe`) into the generator PCG64 (XSL RR 128/64: O'Neill,
/// HMC-CS-2014-0905); normal numbers come from it by the ziggurat of 256 layers (Marsaglia & Tsang, *The Ziggurat
/// Method for Generating Random Variables*, J. Stat. Software 5(8), 2000).
struct TieNoise: Sendable {
  private var state: UInt128
  private let increment: UInt128
  private let layers: Ziggurat

  /// The numbers of a seed of 32 bits.
  init(seed: UInt32) {
    let words = Self.seedWords(seed)
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    state = 0
    layers = Ziggurat()
    advance()
    state &+= UInt128(words[0]) << 64 | UInt128(words[1])
    advance()
  }

  private mutating func advance() {
    let multiplier = UInt128(2_549_297_995_355_413_924) << 64 | UInt128(4_865_540_595_714_422_341)
    state = state &* multiplier &+ increment
  }

  private mutating func next() -> UInt64 {
    advance()
    let mixed = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = state >> 122
    return mixed >> turn | mixed << ((64 - turn) & 63)
  }

  private mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// The next number of the standard normal distribution.
  mutating func normal() -> Double {
    while true {
      let bits = next()
      let layer = Int(bits & 0xFF)
      let isNegative = bits >> 8 & 1 == 1
      let size = bits >> 9 & 0x000F_FFFF_FFFF_FFFF
      let x = Double(size) * layers.widths[layer]
      if size < layers.inner[layer] { return isNegative ? -x : x }
      if layer == 0 {
        // The tail beyond the lowest layer.
        while true {
          let beyond = -Double.log(onePlus: -uniform()) / Ziggurat.edge
          let height = -Double.log(onePlus: -uniform())
          if height + height > beyond * beyond {
            return size >> 8 & 1 == 1 ? -(Ziggurat.edge + beyond) : Ziggurat.edge + beyond
          }
        }
      }
      let (above, below) = (layers.heights[layer - 1], layers.heights[layer])
      if (above - below) * uniform() + below < Double.exp(-0.5 * x * x) { return isNegative ? -x : x }
    }
  }

  /// The layers of equal area under exp(−x² / 2).
  private struct Ziggurat: Sendable {
    /// Where the lowest layer's tail begins.
    static let edge = 3.6541528853610087963519472518
    /// The area of each layer.
    private static let area = 0.00492867323397465524494
    private static let scale = 0x1p52

    /// Below which of 2⁵² steps a place is sure to be inside its layer.
    var inner = [UInt64](repeating: 0, count: 256)
    /// The width of a step.
    var widths = [Double](repeating: 0, count: 256)
    /// The curve at each layer's right end.
    var heights = [Double](repeating: 0, count: 256)

    init() {
      func curve(_ x: Double) -> Double { Double.exp(-0.5 * x * x) }
      var right = Self.edge
      let base = Self.area / curve(right)
      inner[0] = UInt64(right / base * Self.scale)
      widths[0] = base / Self.scale
      widths[255] = right / Self.scale
      heights[0] = 1
      heights[255] = curve(right)
      for layer in (1...254).reversed() {
        let left = (-2 * Double.log(Self.area / right + curve(right))).squareRoot()
        inner[layer + 1] = UInt64(left / right * Self.scale)
        widths[layer] = left / Self.scale
        heights[layer] = curve(left)
        right = left
      }
    }
  }

  /// Four words of 64 bits from a seed.
  private static func seedWords(_ seed: UInt32) -> [UInt64] {
    var factor: UInt32 = 0x43B0_D7E5
    func hashed(_ word: UInt32) -> UInt32 {
      var value = word ^ factor
      factor &*= 0x931E_8875
      value &*= factor
      return value ^ value >> 16
    }
    var pool = (0..<4).map { hashed($0 == 0 ? seed : 0) }
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        let mixed = 0xCA01_F9DD &* pool[target] &- 0x4973_F715 &* hashed(pool[source])
        pool[target] = mixed ^ mixed >> 16
      }
    }
    factor = 0x8B51_F9DD
    let words = (0..<8).map { place in
      var value = pool[place % 4] ^ factor
      factor &*= 0x58F3_8DED
      value &*= factor
      return UInt64(value ^ value >> 16)
    }
    return (0..<4).map { words[2 * $0] | words[2 * $0 + 1] << 32 }
  }
}
