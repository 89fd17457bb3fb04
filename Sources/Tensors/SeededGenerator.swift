/// A seeded random generator, xoshiro256++ (Blackman & Vigna, *Scrambled Linear Pseudorandom Number
/// Generators*, ACM TOMS 47(4), 2021), started from the pair (seed, stream) through SplitMix64.
///
/// Each tree, row, mask and fold derives a generator of its own from the command's seed and its own index,
/// so that results do not depend on the number of threads or on the order of the work.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// A generator for one stream of random numbers.
  /// - Parameters:
  ///   - seed: the seed that the user gave.
  ///   - stream: which of the independent streams under this seed; two numbers where the work has two indices.
  ///   - purpose: what the numbers are for.
  public init(seed: UInt64, stream: UInt64..., purpose: Purpose) {
    var mixer = SplitMix64(state: seed)
    for part in [purpose.rawValue] + stream {
      mixer = SplitMix64(state: mixer.next() ^ (part &* 0xD1B5_4A32_D192_ED03))
    }
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// What the numbers are for, so that two uses of one seed share no numbers.
  public enum Purpose: UInt64, Sendable {
    /// The split of rows into training and held-out ones.
    case split = 1
    /// The growing of one tree.
    case tree
    /// The bank of draws that several rows share.
    case bank
    /// Draws for one row alone.
    case row
    /// A test's own numbers.
    case test
    /// The training of a network.
    case network
    /// The shuffling of a column.
    case permutation
    /// Noise that is added to a picture.
    case noise
    /// New weights in the place of learned ones.
    case weights
    /// Parts of a picture that are hidden.
    case hiding
    /// Rows that are drawn again for an interval.
    case resampling = 20
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let sum = state.0 &+ state.3
    let result = (sum << 23 | sum >> 41) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A number from the uniform distribution on the open interval (0, 1): an odd multiple of 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }
}

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014): turns any seed into well-mixed start states.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
