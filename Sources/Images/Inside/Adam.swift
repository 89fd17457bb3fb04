import RealModule

/// Adam (Kingma & Ba, arXiv 1412.6980, algorithm 1) on plain numbers, with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
struct Adam: Sendable {
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

  /// Moves the values by one step up their gradient.
  mutating func climb(_ values: inout [Double], gradient: [Double]) {
    step += 1
    let corrections = (1 - Double.pow(0.9, step), 1 - Double.pow(0.999, step))
    for place in values.indices {
      first[place] = 0.9 * first[place] + 0.1 * gradient[place]
      second[place] = 0.999 * second[place] + 0.001 * gradient[place] * gradient[place]
      values[place] += rate * (first[place] / corrections.0) / ((second[place] / corrections.1).squareRoot() + 1e-8)
    }
  }
}
