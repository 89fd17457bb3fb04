import Tensors
import Testing

@testable import Images

@Suite struct TotalVariationTests {
  /// (1, 2; 4, 2): 1: 3² + 1², 2: 0² + 0 (no neighbour to the right), 4: 2², 2: 0.
  @Test func valueByHand() {
    var gradient = [Double](repeating: 0, count: 4)
    let value = TotalVariation(beta: 2).value(
      [1, 2, 4, 2], start: 0, height: 2, width: 2, factor: 1, addingTo: &gradient)
    #expect(value == 14)
    // −2 · 3 − 2 · 1; 2 · 1; 2 · 3 + 2 · 2; −2 · 2.
    #expect(gradient == [-8, 2, 10, -4])
  }

  @Test func gradientIsThatOfDifferences() {
    for beta in [1.5, 2, 3] {
      var generator = SeededGenerator(seed: 1, purpose: .test)
      var values = (0..<5 + 4 * 6).map { _ in generator.uniform() }
      var gradient = [Double](repeating: 0, count: values.count)
      let variation = TotalVariation(beta: beta)
      func value(_ values: [Double]) -> Double {
        var ignored = [Double](repeating: 0, count: values.count)
        return variation.value(values, start: 5, height: 4, width: 6, factor: 1, addingTo: &ignored)
      }
      _ = variation.value(values, start: 5, height: 4, width: 6, factor: 0.5, addingTo: &gradient)
      for place in values.indices {
        let kept = values[place]
        values[place] = kept + 1e-6
        let above = value(values)
        values[place] = kept - 1e-6
        let slope = 0.5 * (above - value(values)) / 2e-6
        values[place] = kept
        #expect((slope - gradient[place]).magnitude < 1e-8, "β \(beta), \(place)")
      }
    }
  }
}
