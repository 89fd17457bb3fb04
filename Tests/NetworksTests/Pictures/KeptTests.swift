import Testing

@testable import Networks

@Suite struct KeptTests {
  /// How often a value is made in some uses.
  private static func makes(_ kept: Kept<Int>, uses: Int) -> Int {
    var count = 0
    for _ in 0..<uses {
      let value = kept.value {
        count += 1
        return count
      }
      #expect(value == count)
    }
    return count
  }

  @Test func aValueIsMadeOnce() { #expect(Self.makes(Kept(), uses: 4) == 1) }

  @Test func orIsKeptFromALaterUseOn() { #expect(Self.makes(Kept(fromUse: 3), uses: 7) == 3) }
}
