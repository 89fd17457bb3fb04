import RealModule

/// The discrete Fourier transform of complex numbers, X_k = Σ_j x_j e^(−2πi jk / n), for any length n.
///
/// Mixed-radix Cooley & Tukey (*An Algorithm for the Machine Calculation of Complex Fourier Series*, Math. Comp. 19,
/// 1965): a length is taken apart into its prime factors.
/// - Complexity: O(n · the sum of n's prime factors)
public struct FourierTransform: Sendable {
  /// The number of values.
  public let length: Int
  private let factors: [Int]
  /// cos(2πk / n) and sin(2πk / n).
  private let cosines: [Double]
  private let sines: [Double]

  /// The transform of a length of at least 1.
  public init(length: Int) {
    precondition(length >= 1, "FourierTransform: length \(length)")
    self.length = length
    var factors: [Int] = []
    var rest = length
    var divisor = 2
    while rest > 1 {
      if divisor * divisor > rest { divisor = rest }
      while rest % divisor == 0 {
        factors.append(divisor)
        rest /= divisor
      }
      divisor += 1
    }
    self.factors = factors
    let angles = (0..<length).map { 2 * Double.pi * Double($0) / Double(length) }
    cosines = angles.map { Double.cos($0) }
    sines = angles.map { Double.sin($0) }
  }

  /// Which way.
  public enum Direction: Sendable {
    /// Values to frequencies, as above.
    case forward
    /// With e^(+2πi jk / n), and not divided by n.
    case backward
  }

  /// Transforms the values `start`, `start + step`, ... in their places.
  func transform(
    _ real: inout [Double], _ imaginary: inout [Double], start: Int, step: Int, _ direction: Direction
  ) {
    if length == 1 { return }
    var result = Values(count: length)
    let source = Values(
      real: (0..<length).map { real[start + $0 * step] }, imaginary: (0..<length).map { imaginary[start + $0 * step] })
    var work = Values(count: factors.max() ?? 1)
    run(source, from: 0, step: 1, into: &result, at: 0, length: length, factor: 0, direction, &work)
    for place in 0..<length {
      real[start + place * step] = result.real[place]
      imaginary[start + place * step] = result.imaginary[place]
    }
  }

  private struct Values {
    var real: [Double]
    var imaginary: [Double]

    init(real: [Double], imaginary: [Double]) { (self.real, self.imaginary) = (real, imaginary) }

    init(count: Int) {
      real = [Double](repeating: 0, count: count)
      imaginary = real
    }
  }

  /// The transform of `length` values of `source`, `step` apart, into consecutive places: those of each residue by the
  /// first factor are transformed alone and then put together.
  private func run(
    _ source: Values, from start: Int, step: Int, into target: inout Values, at place: Int, length: Int, factor: Int,
    _ direction: Direction, _ work: inout Values
  ) {
    if length == 1 {
      target.real[place] = source.real[start]
      target.imaginary[place] = source.imaginary[start]
      return
    }
    let radix = factors[factor]
    let part = length / radix
    for residue in 0..<radix {
      run(
        source, from: start + residue * step, step: step * radix, into: &target, at: place + residue * part,
        length: part, factor: factor + 1, direction, &work)
    }
    let sign = direction == .forward ? -1.0 : 1.0
    for frequency in 0..<part {
      for residue in 0..<radix {
        let angle = residue * frequency * step % self.length
        let (cosine, sine) = (cosines[angle], sign * sines[angle])
        let (real, imaginary) = (
          target.real[place + residue * part + frequency], target.imaginary[place + residue * part + frequency]
        )
        work.real[residue] = real * cosine - imaginary * sine
        work.imaginary[residue] = real * sine + imaginary * cosine
      }
      for block in 0..<radix {
        var (real, imaginary) = (work.real[0], work.imaginary[0])
        for residue in 1..<radix {
          let angle = residue * block * part * step % self.length
          let (cosine, sine) = (cosines[angle], sign * sines[angle])
          real += work.real[residue] * cosine - work.imaginary[residue] * sine
          imaginary += work.real[residue] * sine + work.imaginary[residue] * cosine
        }
        target.real[place + block * part + frequency] = real
        target.imaginary[place + block * part + frequency] = imaginary
      }
    }
  }
}

/// The discrete Fourier transform of planes of complex numbers, along rows and columns.
public struct PlaneFourierTransform: Sendable {
  private let rows: FourierTransform
  private let columns: FourierTransform

  /// The transform of planes of `height · width` numbers, row by row.
  public init(height: Int, width: Int) {
    rows = FourierTransform(length: width)
    columns = FourierTransform(length: height)
  }

  /// Transforms a plane in its place; the backward direction is not divided by the number of its values.
  public func transform(
    _ real: inout [Double], _ imaginary: inout [Double], _ direction: FourierTransform.Direction
  ) {
    let (height, width) = (columns.length, rows.length)
    precondition(
      real.count == height * width && imaginary.count == height * width,
      "PlaneFourierTransform: \(real.count) values for \(height) x \(width)")
    for row in 0..<height { rows.transform(&real, &imaginary, start: row * width, step: 1, direction) }
    for column in 0..<width { columns.transform(&real, &imaginary, start: column, step: width, direction) }
  }
}
