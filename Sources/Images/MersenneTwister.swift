/// Draws of MT19937 (Matsumoto & Nishimura, ACM TOMACS 8(1), 1998), the generator of torch and NumPy: the same seed
/// gives the same 32-bit numbers there.
struct MersenneTwister {
  private var state = [UInt32](repeating: 0, count: 624)
  private var place = 624

  /// A generator that starts from a seed.
  init(seed: UInt32) {
    state[0] = seed
    for index in 1..<624 {
      state[index] = 1_812_433_253 &* (state[index - 1] ^ state[index - 1] >> 30) &+ UInt32(index)
    }
  }

  /// The next 32 random bits.
  mutating func next() -> UInt32 {
    if place == 624 {
      for index in 0..<624 {
        let y = state[index] & 0x8000_0000 | state[(index + 1) % 624] & 0x7FFF_FFFF
        state[index] = state[(index + 397) % 624] ^ y >> 1 ^ (y & 1 == 0 ? 0 : 0x9908_B0DF)
      }
      place = 0
    }
    var y = state[place]
    place += 1
    y ^= y >> 11
    y ^= y << 7 & 0x9D2C_5680
    y ^= y << 15 & 0xEFC6_0000
    return y ^ y >> 18
  }
}
