import Testing

@testable import Images

@Suite struct HiResCAMTests {
  /// ½ · 1 − 1 · 3 is negative, −1 · 2 + 2 · 4 = 6.
  @Test func byHand() { #expect(SmallConvolution.byHand(HiResCAM()) == [0, 6]) }

  /// max(0, Σ_c G_c(i, j) A_c(i, j)).
  @Test func aLiteralTwinAgrees() throws {
    let (a, g) = (SmallConvolution.activations, SmallConvolution.gradients)
    let error = try SmallConvolution.error(of: HiResCAM()) { pixel in
      max(0, a.indices.reduce(0) { $0 + g[$1][pixel] * a[$1][pixel] })
    }
    #expect(error < 1e-5, "\(error)")
  }
}
