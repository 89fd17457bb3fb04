import Testing

@testable import Images

@Suite struct SanityCheckTests {
  /// Ranks of (1, 2, 2, 5): 0, 1.5, 1.5, 3; of (4, 1, 3, 2): 3, 0, 2, 1. Products about 1.5: −2.25 + 0 + 0 − 0.75 over
  /// √(4.5 · 5).
  @Test func rankCorrelationByHand() {
    #expect(SanityCheck.rankCorrelation([1, 2, -2, 5], [4, 1, 3, 2]) == -3 / (4.5 * 5).squareRoot())
    #expect(SanityCheck.rankCorrelation([1, 2, 3], [10, 20, 30]) == 1)
    #expect(SanityCheck.rankCorrelation([1, 2, 3], [5, 5, 5]) == 0)
  }

  /// Guided backprop hardly depends on the last layer, the gradient does (Adebayo et al., figure 2).
  @Test func methodsDifferInTheirDependence() throws {
    func check(_ method: some SaliencyMethod) throws -> SanityCheck {
      try SanityCheck(
        method, TorchRayNetwork.subject, map: try method.explain(TorchRayNetwork.subject), seed: 1)
    }
    let gradient = try check(Gradient())
    let guided = try check(GuidedBackprop())
    #expect(guided.lastLayer > gradient.lastLayer && gradient.allLayers.magnitude < 0.3)
    #expect(try check(Gradient()) == gradient)
  }
}
