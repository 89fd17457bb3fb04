/// The shift and scale that give numbers the mean 0 and the standard deviation 1: z = (x − mean) / scale.
public struct Standardization: Sendable, Equatable {
  /// What is subtracted.
  public let mean: Double
  /// What is divided by: the root of the mean squared deviation of the numbers.
  public let scale: Double

  /// A given shift and a given scale, which is not 0.
  public init(mean: Double, scale: Double) {
    precondition(scale != 0, "Standardization: scale 0")
    self.mean = mean
    self.scale = scale
  }

  /// The shift and scale of finite numbers; nil where there is none or all are equal.
  ///
  /// Numbers of any size are taken: sums are over numbers that were divided by a power of two near the largest.
  public init?(_ values: [Double]) {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
    let unit = Double(sign: .plus, exponent: min(1023, largest.exponent), significand: 1)
    let count = Double(values.count)
    // Deviations from the first value keep the digits of numbers that lie far from 0.
    var sum = 0.0
    for value in values { sum += value / unit - first / unit }
    let center = first / unit + sum / count
    var squares = 0.0
    for value in values { squares += (value / unit - center) * (value / unit - center) }
    let scale = (squares / count).squareRoot() * unit
    guard scale > 0 else { return nil }
    self.init(mean: center * unit, scale: scale)
  }

  /// z of a number. Halves keep the difference of the largest numbers finite.
  func standardize(_ value: Double) -> Double { (0.5 * value - 0.5 * mean) / (0.5 * scale) }

  /// The number whose z is given, or the nearest finite one.
  func restore(_ z: Double) -> Double {
    max(-.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, mean + scale * z))
  }
}
