import RealModule
import Tensors

/// A Gaussian filter over pictures, first along columns, then along rows: taps exp(−i² / 2σ²) for |i| ≤ ⌈4σ⌉, scaled to
/// the sum 1, as TorchRay's `imsmooth`.
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
  /// - Parameters:
  ///   - deviation: σ.
  ///   - half: the taps on each side of the middle; ⌈4σ⌉ if not given.
  ///   - outside: what lies outside a picture.
  init(deviation: Double, half: Int? = nil, outside: Outside = .zero) {
    precondition(deviation >= 0, "GaussianBlur: deviation \(deviation)")
    let half = deviation == 0 ? 0 : half ?? Int((4 * deviation).rounded(.up))
    let values = (-half...half).map { offset -> Double in
      offset == 0 ? 1 : .exp(-Double(offset * offset) / (2 * deviation * deviation))
    }
    let sum = values.reduce(0, +)
    taps = values.map { Float($0 / sum) }
    self.outside = outside
  }

  /// The pictures `[n, channels, height, width]`, filtered.
  /// - Complexity: O(elements · taps)
  func callAsFunction(_ pictures: Tensor, workers: Workers) -> Tensor {
    filtered(pictures, workers: workers, isTransposed: false)
  }

  /// The way back of a signal: the transposed product.
  func transposed(_ signal: Tensor, workers: Workers) -> Tensor {
    filtered(signal, workers: workers, isTransposed: true)
  }

  private func filtered(_ pictures: Tensor, workers: Workers, isTransposed: Bool) -> Tensor {
    precondition(pictures.shape.count == 4, "GaussianBlur: pictures \(pictures.shape)")
    if taps.count == 1 || pictures.elements.isEmpty { return pictures }
    let (height, width) = (pictures.shape[2], pictures.shape[3])
    return pictures.withSharedNumbers { source in
      Tensor(shape: pictures.shape, parts: source.count / (height * width), workers: workers) { plane, target in
        let start = plane * height * width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: height * width) { between in
          guard let between = between.baseAddress else { return }
          filterColumns(source.start + start, between, height: height, width: width, isTransposed: isTransposed)
          filterRows(between, target.start + start, height: height, width: width, isTransposed: isTransposed)
        }
      }
    }
  }

  private func filterColumns(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, height: Int, width: Int, isTransposed: Bool
  ) {
    let half = taps.count / 2
    for place in 0..<height * width { target[place] = 0 }
    for row in 0..<height {
      for offset in -half...half {
        guard let other = place(row + offset, of: height) else { continue }
        let tap = taps[offset + half]
        let from = source + (isTransposed ? row : other) * width
        let to = target + (isTransposed ? other : row) * width
        for column in 0..<width { to[column] += tap * from[column] }
      }
    }
  }

  private func filterRows(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, height: Int, width: Int, isTransposed: Bool
  ) {
    let half = taps.count / 2
    for row in 0..<height {
      let (to, from) = (target + row * width, source + row * width)
      for column in 0..<width { to[column] = 0 }
      for offset in -half...half {
        let tap = taps[offset + half]
        let first = min(max(0, -offset), width)
        let end = max(first, min(width, width - offset))
        // Taps are as many on both sides, so that inside the filter is its own transpose.
        for column in first..<end { to[column] += tap * from[column + offset] }
        if outside == .zero { continue }
        let edge = offset < 0 ? 0 : width - 1
        for column in 0..<width where !(first..<end).contains(column) {
          if isTransposed { to[edge] += tap * from[column] } else { to[column] += tap * from[edge] }
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
