import RealModule
import Tensors

/// A Gaussian filter over pictures, first along columns, then along rows: taps exp(−i² / 2σ²) for |i| ≤ ⌈4σ⌉, scaled to the sum 1, as
/// TorchRay's `imsmooth`.
struct GaussianBlur: Sendable {
  /// What lies outside a picture.
  enum Outside: Sendable {
    /// Zeros.
    case zero
    /// The nearest pixel.
    case nearest
  }

  private let taps: [Float]
  private let outside: Outside

  /// A filter of a deviation in pixels; 0 leaves pictures as they are.
  init(deviation: Double, outside: Outside = .zero) {
    precondition(deviation >= 0, "GaussianBlur: deviation \(deviation)")
    let half = Int((4 * deviation).rounded(.up))
    self.init(
      taps: (-half...half).map { deviation == 0 ? 1 : .exp(-Double($0 * $0) / (2 * deviation * deviation)) },
      outside: outside)
  }

  /// A filter of an odd number of taps, which are scaled to the sum 1.
  init(taps: [Double], outside: Outside = .zero) {
    precondition(taps.count % 2 == 1, "GaussianBlur: \(taps.count) taps")
    let sum = taps.reduce(0, +)
    self.taps = taps.map { Float($0 / sum) }
    self.outside = outside
  }

  /// The pictures `[n, channels, height, width]`, filtered. With zeros outside the filter is its own transpose.
  /// - Complexity: O(elements · taps)
  func callAsFunction(_ pictures: Tensor, workers: Workers) -> Tensor {
    precondition(pictures.shape.count == 4, "GaussianBlur: pictures \(pictures.shape)")
    if taps.count == 1 || pictures.elements.isEmpty { return pictures }
    let (height, width) = (pictures.shape[2], pictures.shape[3])
    return pictures.withSharedNumbers { source in
      Tensor(shape: pictures.shape, parts: source.count / (height * width), workers: workers) { plane, target in
        let start = plane * height * width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: height * width) { between in
          guard let between = between.baseAddress else { return }
          filterColumns(source.start + start, between, height: height, width: width)
          filterRows(between, target.start + start, height: height, width: width)
        }
      }
    }
  }

  private func filterColumns(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, height: Int, width: Int
  ) {
    let half = taps.count / 2
    for row in 0..<height {
      let line = target + row * width
      for column in 0..<width { line[column] = 0 }
      for offset in -half...half {
        guard let from = place(row + offset, of: height) else { continue }
        let (tap, other) = (taps[offset + half], source + from * width)
        for column in 0..<width { line[column] += tap * other[column] }
      }
    }
  }

  private func filterRows(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, height: Int, width: Int
  ) {
    let half = taps.count / 2
    for row in 0..<height {
      let (line, other) = (target + row * width, source + row * width)
      for column in 0..<width { line[column] = 0 }
      for offset in -half...half {
        let tap = taps[offset + half]
        let inside = max(0, -offset)..<max(max(0, -offset), min(width, width - offset))
        for column in inside { line[column] += tap * other[column + offset] }
        if outside == .zero { continue }
        for column in 0..<width where !inside.contains(column) {
          line[column] += tap * other[column + offset < 0 ? 0 : width - 1]
        }
      }
    }
  }

  /// The place that stands for one along an axis; nil where there are zeros.
  private func place(_ place: Int, of length: Int) -> Int? {
    if 0..<length ~= place { return place }
    return outside == .zero ? nil : min(max(place, 0), length - 1)
  }
}
