import Testing

@testable import Images

@Suite struct GradCAMPlusPlusTests {
  /// ΣA is 3 and 7: a = ¼ / (½ + 3/8) = 2/7 and 4 / (8 + 56) = 1/16, w = 1/7 and 1/8; 1/7 + 3/8 and 2/7 + ½.
  @Test func byHand() {
    let map = SmallConvolution.byHand(GradCAMPlusPlus())
    #expect((map[0] - 29.0 / 56).magnitude < 1e-5 && (map[1] - 11.0 / 14).magnitude < 1e-5, "\(map)")
  }

  /// α_c(i, j) = G² / (2 G² + Σ A_c · G³), w_c = Σ_ij α_c(i, j) max(0, G_c(i, j)), and the map max(0, Σ_c w_c A_c(i,
  /// j)).
  @Test func aLiteralTwinAgrees() throws {
    let (a, g) = (SmallConvolution.activations, SmallConvolution.gradients)
    let weights = a.indices.map { channel in
      g[channel].indices.reduce(0.0) { sum, pixel in
        let gradient = g[channel][pixel]
        guard gradient != 0 else { return sum }
        let all = a[channel].reduce(0, +)
        let alpha =
          gradient * gradient / (2 * gradient * gradient + all * gradient * gradient * gradient)
        return sum + alpha * max(0, gradient)
      }
    }
    let error = try SmallConvolution.error(of: GradCAMPlusPlus()) { pixel in
      max(0, a.indices.reduce(0) { $0 + weights[$1] * a[$1][pixel] })
    }
    #expect(error < 1e-5, "\(error)")
  }
}
