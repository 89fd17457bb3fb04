import RealModule
import Tensors

/// Smooth masks from coarse parameters, by extremal perturbation's smooth maximum (Fong, Patrick & Vedaldi, arXiv
/// 1910.08485, section 3.2).
///
/// A parameter stands every 7 pixels. A pixel takes the (2R + 1)² parameters around it, t_k = w_k p_k with w_k = exp(−2
/// max(d_k / σ − ½, 0)²), d_k the distance, and is m = Σ s_k t_k with s the softmax of 20 t. Parameters beyond the edge
/// are 0 and take part. The mask reaches beyond the picture by a margin of σ, which counts for its area.
///
/// The weights depend on a pixel's place between two parameters alone, so a table for a block of 7 × 7 pixels stands
/// for all.
struct SmoothMasks: Sendable {
  /// The pixels from a parameter to the next.
  static let step = 7
  /// σ, in pixels, which is also the margin.
  static let deviation = 21
  /// The coldness of the softmax.
  private static let coldness: Float = 20
  /// R.
  private static let radius = 1 + (deviation + step - 1) / step
  /// How many parameters of 0 stand beyond each edge.
  private static let padding = 1 + (2 * deviation + step - 1) / step
  /// The parameters that a pixel takes along an axis.
  private static let side = 2 * radius + 1
  private static let taps = side * side
  /// The pixels of a block.
  private static let places = step * step
  /// The vectors that hold a block.
  private static let vectors = (places + 3) / 4

  /// The rows of a picture.
  let height: Int
  /// Its columns.
  let width: Int
  /// The rows of parameters.
  let rows: Int
  /// The columns of parameters.
  let columns: Int
  /// For each tap the weights of a block's pixels; 0 behind the last.
  private let weights: [SIMD4<Float>]

  /// Masks for pictures of a size.
  init(height: Int, width: Int) {
    (self.height, self.width) = (height, width)
    rows = (height + Self.step - 1) / Self.step
    columns = (width + Self.step - 1) / Self.step
    // Along an axis a pixel lies `place` behind the start of its block b, and tap k is the parameter b + k − padding.
    func distance(_ place: Int, _ tap: Int) -> Float {
      Float(place - Self.deviation - Self.step * (tap - Self.padding))
    }
    var weights = [SIMD4<Float>](repeating: .zero, count: Self.taps * Self.vectors)
    for tap in 0..<Self.taps {
      for place in 0..<Self.places {
        let y = distance(place / Self.step, tap / Self.side)
        let x = distance(place % Self.step, tap % Self.side)
        let far = max((y * y + x * x).squareRoot() / Float(Self.deviation) - 0.5, 0)
        weights[tap * Self.vectors + place / 4][place % 4] = .exp(-2 * far * far)
      }
    }
    self.weights = weights
  }

  /// The rows of a mask with its margin.
  var fullHeight: Int { Self.step * (blockRows - 1) + 1 }
  /// The columns of a mask with its margin.
  var fullWidth: Int { Self.step * (blockColumns - 1) + 1 }
  private var blockRows: Int { rows + 2 * Self.padding - 2 * Self.radius }
  private var blockColumns: Int { columns + 2 * Self.padding - 2 * Self.radius }

  /// The masks of parameters `[n, rows, columns]` from 0 to 1.
  ///
  /// With equal parameters many pixels have the same value but for rounding, and which of them count for the area moves
  /// the mask some steps on by more than rounding. The order of these sums is one of those with which that falls out as
  /// in TorchRay's reference figures; torch's own digits, whose square roots are not rounded correctly, cannot be had.
  /// - Returns: `[2, n, fullHeight, fullWidth]`: the masks with their margins, and at each pixel Σ_k exp(20 t_k), which
  ///   the way back needs.
  /// - Complexity: O(n · pixels · taps)
  func generate(_ parameters: Tensor, workers: Workers) -> Tensor {
    let count = size(parameters)
    let shape = [2, count, fullHeight, fullWidth]
    return Tensor(shape: shape, parts: count * blockRows, workers: workers) { part, target in
      let (mask, blockRow) = (part / blockRows, part % blockRows)
      var values = [Float](repeating: 0, count: Self.taps)
      var powers = [SIMD4<Float>](repeating: .zero, count: Self.taps)
      for blockColumn in 0..<blockColumns {
        for tap in 0..<Self.taps {
          values[tap] = parameter(mask, blockRow, blockColumn, tap).map { parameters.elements[$0] } ?? 0
        }
        for vector in 0..<Self.vectors {
          var largest = SIMD4<Float>.zero
          for tap in 0..<Self.taps where values[tap] != 0 {
            let x = Self.coldness * (values[tap] * weights[tap * Self.vectors + vector])
            largest = pointwiseMax(largest, x)
          }
          let least = exponential(-largest)
          var sum = SIMD4<Float>.zero
          for tap in 0..<Self.taps {
            if values[tap] == 0 {
              powers[tap] = least
            } else {
              let x = Self.coldness * (values[tap] * weights[tap * Self.vectors + vector])
              powers[tap] = exponential(x - largest)
            }
            sum += powers[tap]
          }
          // Sixteen terms, then the next sixteen.
          var total = SIMD4<Float>.zero
          for start in stride(from: 0, to: Self.taps, by: 16) {
            var some = SIMD4<Float>.zero
            for tap in start..<min(start + 16, Self.taps) where values[tap] != 0 {
              some += values[tap] * weights[tap * Self.vectors + vector] * powers[tap]
            }
            total += some
          }
          total /= sum
          let whole = sum * exponential(largest)
          for lane in 0..<4 where vector * 4 + lane < Self.places {
            guard let pixel = pixel(mask, blockRow, blockColumn, vector * 4 + lane) else { continue }
            target.start[pixel] = min(max(total[lane], 0), 1)
            target.start[count * fullHeight * fullWidth + pixel] = whole[lane]
          }
        }
      }
    }
  }

  /// The gradient with regard to the parameters, Σ g s_k (1 + 20 (t_k − m)) w_k over the pixels.
  /// - Parameters:
  ///   - gradient: that with regard to the masks with their margins, `[n, fullHeight, fullWidth]`.
  ///   - parameters: as given to `generate`.
  ///   - masks: what that returned.
  ///   - workers: the threads that share the work.
  /// - Returns: `[n, rows, columns]`
  func gradient(_ gradient: Tensor, parameters: Tensor, masks: Tensor, workers: Workers) -> Tensor {
    let count = size(parameters)
    let planes = count * fullHeight * fullWidth
    precondition(
      gradient.elements.count == planes && masks.elements.count == 2 * planes,
      "SmoothMasks: gradient \(gradient.shape), masks \(masks.shape)")
    // Each part has sums of its own, which are added in order.
    let parts = workers.map(count: count * blockRows) { part -> [Float] in
      let (mask, blockRow) = (part / blockRows, part % blockRows)
      var sums = [Float](repeating: 0, count: rows * columns)
      withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 2 * Self.vectors) { scratch in
        for blockColumn in 0..<blockColumns {
          // g / Σ exp(20 t) and 1 − 20 m; 0 where there is no pixel.
          for vector in 0..<2 * Self.vectors { scratch[vector] = .zero }
          for place in 0..<Self.places {
            guard let pixel = pixel(mask, blockRow, blockColumn, place) else { continue }
            scratch[place / 4][place % 4] = gradient.elements[pixel] / masks.elements[planes + pixel]
            scratch[Self.vectors + place / 4][place % 4] = 1 - Self.coldness * masks.elements[pixel]
          }
          for tap in 0..<Self.taps {
            guard let index = parameter(mask, blockRow, blockColumn, tap) else { continue }
            let value = parameters.elements[index]
            var sum = SIMD4<Float>.zero
            for vector in 0..<Self.vectors {
              let weight = weights[tap * Self.vectors + vector]
              let y = Self.coldness * value * weight
              let e = value == 0 ? SIMD4(repeating: 1) : exponential(y)
              sum += scratch[vector] * e * (y + scratch[Self.vectors + vector]) * weight
            }
            sums[index - mask * rows * columns] += sum.sum()
          }
        }
      }
      return sums
    }
    return Tensor(shape: parameters.shape) { target in
      for index in 0..<target.count { target[index] = 0 }
      for (part, sums) in parts.enumerated() {
        let start = part / blockRows * rows * columns
        for (index, sum) in sums.enumerated() { target[start + index] += sum }
      }
    }
  }

  /// The masks within the picture, `[n, height, width]`, of masks with their margins.
  func cropped(_ masks: Tensor) -> Tensor {
    let count = masks.shape[1]
    return Tensor(shape: [count, height, width]) { target in
      for mask in 0..<count {
        for row in 0..<height {
          let source = (mask * fullHeight + row + Self.deviation) * fullWidth + Self.deviation
          for column in 0..<width { target[(mask * height + row) * width + column] = masks.elements[source + column] }
        }
      }
    }
  }

  /// A signal within the picture, `[n, height, width]`, with zeros in the margins.
  func padded(_ signal: Tensor) -> Tensor {
    let count = signal.shape[0]
    return Tensor(shape: [count, fullHeight, fullWidth]) { target in
      for place in 0..<target.count { target[place] = 0 }
      for mask in 0..<count {
        for row in 0..<height {
          let goal = (mask * fullHeight + row + Self.deviation) * fullWidth + Self.deviation
          for column in 0..<width { target[goal + column] = signal.elements[(mask * height + row) * width + column] }
        }
      }
    }
  }

  private func size(_ parameters: Tensor) -> Int {
    precondition(
      parameters.shape.count == 3 && parameters.shape[1] == rows && parameters.shape[2] == columns,
      "SmoothMasks: parameters \(parameters.shape) for \(rows) x \(columns)")
    return parameters.shape[0]
  }

  /// Which parameter a block's tap is; nil beyond the edge.
  private func parameter(_ mask: Int, _ blockRow: Int, _ blockColumn: Int, _ tap: Int) -> Int? {
    let row = blockRow + tap / Self.side - Self.padding
    let column = blockColumn + tap % Self.side - Self.padding
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    return (mask * rows + row) * columns + column
  }

  /// Where a block's pixel stands in the masks with their margins; nil behind the last row or column.
  private func pixel(_ mask: Int, _ blockRow: Int, _ blockColumn: Int, _ place: Int) -> Int? {
    let row = Self.step * blockRow + place / Self.step
    let column = Self.step * blockColumn + place % Self.step
    guard row < fullHeight, column < fullWidth else { return nil }
    return (mask * fullHeight + row) * fullWidth + column
  }
}

/// eˣ for |x| ≤ 80, within 10⁻⁷ of it: 2ⁿ eʳ with |r| ≤ ½ ln 2 and Cephes' polynomial for eʳ.
private func exponential(_ x: SIMD4<Float>) -> SIMD4<Float> {
  // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits.
  let magic = SIMD4<Float>(repeating: 12_582_912)
  let shifted = x * 1.442695041 + magic
  let n = shifted - magic
  // ln 2 in two parts, the first of which times n is exact.
  let r = x - n * 0.693359375 - n * -2.12194440e-4
  var power = SIMD4<Float>(repeating: 1.9875691500e-4)
  power = power * r + 1.3981999507e-3
  power = power * r + 8.3334519073e-3
  power = power * r + 4.1665795894e-2
  power = power * r + 1.6666665459e-1
  power = power * r + 5.0000001201e-1
  power = power * (r * r) + r + 1
  let exponents = (unsafeBitCast(shifted, to: SIMD4<Int32>.self) &- unsafeBitCast(magic, to: SIMD4<Int32>.self)) &<< 23
  return unsafeBitCast(unsafeBitCast(power, to: SIMD4<Int32>.self) &+ exponents, to: SIMD4<Float>.self)
}
