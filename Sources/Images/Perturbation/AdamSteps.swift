import RealModule

/// Steps by Adam (Kingma & Ba, arXiv 1412.6980, algorithm 1) on some numbers; β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
///
/// It is not the Adam of `Optimizer`, which trains networks: that one keeps m and v of millions of weights as Floats
/// and takes the corrections out of its loop, which is faster and rounds otherwise. Here the numbers are few and the
/// memory is in Doubles; masks and pictures that hundreds of steps lead to would move with the rounding.
struct AdamSteps: Sendable {
  private let rate: Double
  private var first: [Double]
  private var second: [Double]
  private var step = 0

  /// The state before the first step.
  init(rate: Double, count: Int) {
    self.rate = rate
    first = [Double](repeating: 0, count: count)
    second = first
  }

  /// Takes a step against the gradient.
  mutating func descend<Number: BinaryFloatingPoint>(_ values: inout [Number], _ gradient: [Number]) {
    step += 1
    let (correction, other) = (1 - Double.pow(0.9, step), 1 - Double.pow(0.999, step))
    for index in values.indices {
      let g = Double(gradient[index])
      first[index] = 0.9 * first[index] + 0.1 * g
      second[index] = 0.999 * second[index] + 0.001 * g * g
      values[index] -= Number(rate * first[index] / correction / ((second[index] / other).squareRoot() + 1e-8))
    }
  }
}
