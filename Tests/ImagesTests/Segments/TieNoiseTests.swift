import Testing

@testable import Images

@Suite struct TieNoiseTests {
  /// numpy 2.4's `default_rng(seed).normal`: the first numbers, and the largest of 20,000, which come from the
  /// ziggurat's tail.
  @Test func numbersAreThoseOfNumPy() throws {
    let references = try SegmentReferences.read()
    var noise = TieNoise(seed: 42)
    let numbers = (0..<2000).map { _ in noise.normal() }
    #expect(references.normals.count == 6)
    for (place, expected) in zip([0, 1, 2, 3, 500, 1999], references.normals) {
      #expect((numbers[place] - expected).magnitude < 1e-14)
    }
    for reference in references.rare {
      var noise = TieNoise(seed: UInt32(reference[0]))
      for _ in 0..<Int(reference[1]) { _ = noise.normal() }
      #expect((noise.normal() - reference[2]).magnitude < 1e-14)
    }
  }
}
