import Tensors

/// Sums over random maps of the same size, from which their mean comes with its standard error.
///
/// The memory is that of a few maps, however many are added.
struct RunningMaps: Sendable {
  private let pixels: Int
  private(set) var count = 0
  private var sums: [Double]
  private var squares: [Double]
  /// The same of the maps less their own mean, which tells where a map is large.
  private var contrasts: [Double]
  private var contrastSquares: [Double]

  /// No maps yet.
  init(pixels: Int) {
    self.pixels = pixels
    sums = [Double](repeating: 0, count: pixels)
    squares = sums
    contrasts = sums
    contrastSquares = sums
  }

  /// Adds a map.
  mutating func add(_ values: UnsafeBufferPointer<Float>) {
    precondition(values.count == pixels, "RunningMaps: \(values.count) values for \(pixels) pixels")
    var total = 0.0
    for value in values { total += Double(value) }
    let mean = total / Double(pixels)
    for pixel in 0..<pixels {
      let value = Double(values[pixel])
      sums[pixel] += value
      squares[pixel] += value * value
      contrasts[pixel] += value - mean
      contrastSquares[pixel] += (value - mean) * (value - mean)
    }
    count += 1
  }

  /// The mean.
  var mean: [Double] { sums.map { $0 / Double(count) } }

  /// The standard error of each value of the mean; infinite for a single map.
  var standardErrors: [Double] { Self.errors(sums, squares, count) }

  private static func errors(_ sums: [Double], _ squares: [Double], _ count: Int) -> [Double] {
    guard count > 1 else { return sums.map { _ in .infinity } }
    let n = Double(count)
    return zip(sums, squares).map { sum, square in (max(0, square - sum * sum / n) / (n - 1) / n).squareRoot() }
  }

  /// Of the `share` of the pixels where the mean is largest the part that is expected to belong elsewhere: the mean
  /// chance, over those pixels, that one's true contrast lies below the bound.
  func misplaced(share: Double) -> Double {
    let means = contrasts.map { $0 / Double(count) }
    let errors = Self.errors(contrasts, contrastSquares, count)
    let size = max(1, Int(share * Double(pixels)))
    let bound = means.sorted(by: >)[min(size, pixels - 1)]
    var (chance, inside) = (0.0, 0)
    for pixel in 0..<pixels where means[pixel] > bound {
      chance += NormalDistribution.cumulative((bound - means[pixel]) / max(errors[pixel], .leastNormalMagnitude))
      inside += 1
    }
    return inside > 0 ? chance / Double(inside) : 1
  }
}
