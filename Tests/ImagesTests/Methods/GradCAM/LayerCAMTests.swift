import Testing

@testable import Images

@Suite struct LayerCAMTests {
  /// ½ · 1 and 2 · 4: negative gradients do not count.
  @Test func byHand() { #expect(SmallConvolution.byHand(LayerCAM()) == [0.5, 8]) }

  /// Weights w_c(i, j) = max(0, G_c(i, j)), and the map max(0, Σ_c w_c(i, j) A_c(i, j)).
  @Test func aLiteralTwinAgrees() throws {
    let (a, g) = (SmallConvolution.activations, SmallConvolution.gradients)
    let weights = g.map { $0.map { max(0, $0) } }
    let error = try SmallConvolution.error(of: LayerCAM()) { pixel in
      max(0, a.indices.reduce(0) { $0 + weights[$1][pixel] * a[$1][pixel] })
    }
    #expect(error < 1e-5, "\(error)")
  }
}
