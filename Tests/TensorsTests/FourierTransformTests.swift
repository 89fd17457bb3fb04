import RealModule
import Testing

@testable import Tensors

@Suite struct FourierTransformTests {
  /// Σ x e^(∓2πi (jk / h + lm / w)), term by term.
  private static func literally(
    _ real: [Double], _ imaginary: [Double], height: Int, width: Int, sign: Double
  ) -> (real: [Double], imaginary: [Double]) {
    var sums = (real: [Double](), imaginary: [Double]())
    for place in 0..<height * width {
      var (sum, other) = (0.0, 0.0)
      for source in 0..<height * width {
        let turns =
          Double(place / width * (source / width)) / Double(height)
          + Double(place % width * (source % width)) / Double(width)
        let angle = sign * 2 * Double.pi * turns
        sum += real[source] * Double.cos(angle) - imaginary[source] * Double.sin(angle)
        other += real[source] * Double.sin(angle) + imaginary[source] * Double.cos(angle)
      }
      sums.real.append(sum)
      sums.imaginary.append(other)
    }
    return sums
  }

  @Test func agreesWithTheSum() {
    for (height, width) in [(1, 1), (1, 2), (1, 8), (2, 3), (5, 4), (7, 7), (1, 30), (9, 11), (28, 6), (13, 1)] {
      var generator = SeededGenerator(seed: UInt64(height * 100 + width), purpose: .test)
      let real = (0..<height * width).map { _ in generator.uniform() - 0.5 }
      let imaginary = (0..<height * width).map { _ in generator.uniform() - 0.5 }
      for (direction, sign) in [(FourierTransform.Direction.forward, -1.0), (.backward, 1.0)] {
        var found = (real: real, imaginary: imaginary)
        PlaneFourierTransform(height: height, width: width).transform(&found.real, &found.imaginary, direction)
        let expected = Self.literally(real, imaginary, height: height, width: width, sign: sign)
        for place in real.indices {
          #expect((found.real[place] - expected.real[place]).magnitude < 1e-12, "\(height) x \(width)")
          #expect((found.imaginary[place] - expected.imaginary[place]).magnitude < 1e-12)
        }
      }
    }
  }

  /// There and back is n times the values.
  @Test func isUndone() {
    for length in [128, 224, 227, 360] {
      var generator = SeededGenerator(seed: UInt64(length), purpose: .test)
      let values = (0..<length).map { _ in generator.uniform() }
      var (real, imaginary) = (values, [Double](repeating: 0, count: length))
      let transform = PlaneFourierTransform(height: 1, width: length)
      transform.transform(&real, &imaginary, .forward)
      transform.transform(&real, &imaginary, .backward)
      for place in 0..<length {
        #expect((real[place] / Double(length) - values[place]).magnitude < 1e-13)
        #expect(imaginary[place].magnitude < 1e-9)
      }
    }
  }
}
