import Foundation
import Tensors
import Testing

@Suite struct IncompleteBetaTests {
  /// I_x(a, 1) = xᵃ, I_x(1, b) = 1 − (1 − x)ᵇ.
  @Test func powersAreExact() {
    for x in [1e-12, 0.01, 0.3, 0.5, 0.99] {
      for shape in [0.5, 1, 2.5, 40, 3000] {
        let power = IncompleteBeta.regularized(x, complement: 1 - x, shape, 1)
        #expect(isClose(power, pow(x, shape), 1e-12 * max(1, shape)), "x \(x), shape \(shape): \(power)")
        let rest = IncompleteBeta.regularized(x, complement: 1 - x, 1, shape)
        #expect(isClose(rest, -expm1(shape * log1p(-x)), 1e-12), "x \(x), shape \(shape): \(rest)")
      }
    }
  }

  @Test func bothTailsMakeOne() {
    for (a, b) in [(0.5, 0.5), (3, 7), (200, 0.5), (5e4, 15)] {
      for x in [0.001, 0.2, 0.6, 0.999] {
        let sum =
          IncompleteBeta.regularized(x, complement: 1 - x, a, b)
          + IncompleteBeta.regularized(1 - x, complement: x, b, a)
        #expect((sum - 1).magnitude < 1e-12, "a \(a), b \(b), x \(x)")
      }
    }
  }

  @Test func endsAndNonsense() {
    #expect(IncompleteBeta.regularized(0, complement: 1, 2, 3) == 0)
    #expect(IncompleteBeta.regularized(1, complement: 0, 2, 3) == 1)
    #expect(IncompleteBeta.regularized(.nan, complement: .nan, 2, 3).isNaN)
    #expect(IncompleteBeta.regularized(0.5, complement: 0.5, 0, 3).isNaN)
  }
}
