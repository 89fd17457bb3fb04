import Testing

@testable import Tensors

@Suite struct SeededGeneratorTests {
  /// xoshiro256++ written out once more from its definition: result = rotl(s0 + s3, 23) + s0.
  @Test func followsTheDefinitionOfXoshiro() {
    func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
    var generator = SeededGenerator(seed: 42, purpose: .test)
    var words = [generator.state.0, generator.state.1, generator.state.2, generator.state.3]
    for _ in 0..<1000 {
      let expected = rotated(words[0] &+ words[3], 23) &+ words[0]
      let shifted = words[1] << 17
      words[2] ^= words[0]
      words[3] ^= words[1]
      words[1] ^= words[2]
      words[0] ^= words[3]
      words[2] ^= shifted
      words[3] = rotated(words[3], 45)
      #expect(generator.next() == expected)
    }
  }

  /// From the state 1, 2, 3, 4 the first output is rotl(1 + 4, 23) + 1 = 5 · 2²³ + 1.
  @Test func firstOutputFromASmallStateIsKnown() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    generator.state = (1, 2, 3, 4)
    #expect(generator.next() == 41_943_041)
  }

  @Test func theSameSeedAndStreamGiveTheSameNumbers() {
    var one = SeededGenerator(seed: 7, stream: 3, 4, purpose: .tree)
    var two = SeededGenerator(seed: 7, stream: 3, 4, purpose: .tree)
    #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in two.next() })
  }

  @Test func seedsStreamsAndPurposesShareNoNumbers() {
    var first: Set<UInt64> = []
    var count = 0
    for seed in 0..<20 as Range<UInt64> {
      for stream in 0..<20 as Range<UInt64> {
        for purpose in [SeededGenerator.Purpose.split, .tree, .bank, .row, .test] {
          var generator = SeededGenerator(seed: seed, stream: stream, purpose: purpose)
          first.insert(generator.next())
          count += 1
        }
        var pair = SeededGenerator(seed: seed, stream: stream, 0, purpose: .tree)
        first.insert(pair.next())
        count += 1
      }
    }
    #expect(first.count == count)
  }

  /// Mean 1/2 and variance 1/12: with 100,000 draws the standard errors are 0.0009 and 0.00024; five of them are
  /// allowed.
  @Test func uniformNumbersAreInsideTheUnitIntervalAndSpreadOverIt() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let draws = (0..<100_000).map { _ in generator.uniform() }
    #expect(draws.allSatisfy { $0 > 0 && $0 < 1 })
    let mean = draws.reduce(0, +) / 100_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    #expect(abs(mean - 0.5) < 0.0045)
    #expect(abs(variance - 1.0 / 12) < 0.0012)
  }

  /// The extremes of the 52 random bits stay inside the open interval.
  @Test func uniformNeverGivesTheEnds() {
    #expect((Double(UInt64.max >> 12) + 0.5) * 0x1p-52 < 1)
    #expect((Double(UInt64(0)) + 0.5) * 0x1p-52 > 0)
  }

  /// Chi-squared of 60,000 draws in six cells: above 20.5 with probability 0.001 if all is well.
  @Test func wholeNumbersBelowABoundAreEquallyLikely() {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[Int(UInt32.random(in: 0..<6, using: &generator))] += 1 }
    let chiSquared = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(chiSquared < 20.5)
    #expect((0..<100).allSatisfy { _ in UInt32.random(in: 0..<1, using: &generator) == 0 })
  }

  /// A bound of 3 · 2³⁰ refuses a quarter of the draws; without that, the lower two thirds would be too likely.
  @Test func largeBoundsHaveNoBias() {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let bound: UInt32 = 3 << 30
    var thirds = [0, 0, 0]
    for _ in 0..<30_000 { thirds[Int(UInt32.random(in: 0..<bound, using: &generator) >> 30)] += 1 }
    #expect(thirds.allSatisfy { abs($0 - 10_000) < 410 }, "five standard deviations of 82")
  }
}
