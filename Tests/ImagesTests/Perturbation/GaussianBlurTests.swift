import Tensors
import Testing

@testable import Images

@Suite struct GaussianBlurTests {
  @Test func filtersAsTorchRayDoes() {
    let zero = GaussianBlur(deviation: 2.5)(TorchRayNetwork.input, workers: .one)
    #expect(TorchRayReference.error("imsmooth.2.5.zero", zero.elements, in: TorchRayReference.perturbation) < 1e-5)
    let nearest = GaussianBlur(deviation: 0.64, outside: .nearest)(TorchRayNetwork.input, workers: Workers(count: 2))
    #expect(
      TorchRayReference.error("imsmooth.0.64.replicate", nearest.elements, in: TorchRayReference.perturbation) < 1e-5)
  }

  /// A single pixel becomes the product of two lines of taps; exp(−1/2) = 0.6065 and exp(−2) = 0.1353, and so on to the
  /// fourth.
  @Test func aPointBecomesAGaussian() {
    var point = Tensor(shape: [1, 1, 9, 11])
    point.elements[4 * 11 + 5] = 1
    let blurred = GaussianBlur(deviation: 1)(point, workers: .one)
    let taps = [1, 0.60653066, 0.13533528, 0.011108997, 0.00033546263]
    let sum = taps[0] + 2 * taps[1...].reduce(0, +)
    for row in 0..<9 {
      for column in 0..<11 {
        let (y, x) = (abs(row - 4), abs(column - 5))
        let expected = y < 5 && x < 5 ? taps[y] * taps[x] / (sum * sum) : 0
        #expect((Double(blurred.elements[row * 11 + column]) - expected).magnitude < 1e-7)
      }
    }
  }

  @Test func noDeviationChangesNothing() {
    #expect(GaussianBlur(deviation: 0)(TorchRayNetwork.input, workers: .one) == TorchRayNetwork.input)
  }

  /// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.
  @Test(arguments: [GaussianBlur.Outside.zero, .nearest]) func theWayBackIsTheTranspose(outside: GaussianBlur.Outside) {
    let blur = GaussianBlur(deviation: 1.7, outside: outside)
    let x = Tensor(shape: [1, 1, 6, 9], elements: MersenneTwister.numbers(54, seed: 1, scale: 1))
    let y = Tensor(shape: [1, 1, 6, 9], elements: MersenneTwister.numbers(54, seed: 2, scale: 1))
    func product(_ a: Tensor, _ b: Tensor) -> Double {
      zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let (forth, back) = (blur(x, workers: .one), blur.transposed(y, workers: .one))
    #expect((product(forth, y) - product(x, back)).magnitude < 1e-5)
  }
}
