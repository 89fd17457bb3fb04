import Testing

@testable import Tensors

@Suite struct WinogradTransformTests {
  private static let g: [[Double]] = [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]
  private static let b: [[Double]] = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]]
  private static let a: [[Double]] = [[1, 1, 1, 0], [0, 1, -1, -1]]

  /// L M Lᵀ.
  private static func both(_ l: [[Double]], _ m: [[Double]]) -> [[Double]] {
    var result = l.map { _ in l.map { _ in 0.0 } }
    for row in l.indices {
      for column in l.indices {
        for i in m.indices {
          for j in m.indices { result[row][column] += l[row][i] * m[i][j] * l[column][j] }
        }
      }
    }
    return result
  }

  /// Small whole numbers, whose sums and halves are exact.
  private static func numbers(_ count: Int, using generator: inout SeededGenerator) -> [Float] {
    (0..<count).map { _ in Float(Int.random(in: -8...8, using: &generator)) }
  }

  /// Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A is the convolution itself: the law that the three matrices must keep.
  @Test func theMatricesMakeAConvolution() {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let d = (0..<4).map { _ in Self.numbers(4, using: &generator).map(Double.init) }
    let kernel = (0..<3).map { _ in Self.numbers(3, using: &generator).map(Double.init) }
    let (u, v) = (Self.both(Self.g, kernel), Self.both(Self.b, d))
    let y = Self.both(Self.a, (0..<4).map { i in (0..<4).map { u[i][$0] * v[i][$0] } })
    for row in 0..<2 {
      for column in 0..<2 {
        let sum = (0..<9).reduce(0) { $0 + kernel[$1 / 3][$1 % 3] * d[row + $1 / 3][column + $1 % 3] }
        #expect(y[row][column] == sum)
      }
    }
  }

  @Test(arguments: [(8, 6), (8, 1), (3, 5), (1, 2)], [1, -1]) func kernelsAreGTimesGTransposed(
    size: (rows: Int, channels: Int), step: Int
  ) {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let (rows, channels) = size
    let weights = Self.numbers(rows * channels * 9, using: &generator)
    let stride = channels * 8 + 3
    var target = [Float](repeating: 99, count: 16 * stride)
    target.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      WinogradTransform.kernel(
        weights,
        WinogradTransform.KernelPlaces(start: step > 0 ? 0 : 8, row: 9, channel: rows * 9, step: step),
        rows: rows, channels: channels, into: start, elementStride: stride)
    }
    for channel in 0..<channels {
      for row in 0..<8 {
        let kernel = (0..<3).map { i in
          (0..<3).map { j in
            let tap = step > 0 ? i * 3 + j : 8 - i * 3 - j
            return row < rows ? Double(weights[(channel * rows + row) * 9 + tap]) : 0
          }
        }
        let expected = Self.both(Self.g, kernel)
        for element in 0..<16 {
          #expect(
            Double(target[element * stride + channel * 8 + row]) == expected[element / 4][element % 4],
            "row \(row), channel \(channel), element \(element)")
        }
      }
    }
    #expect((0..<16).allSatisfy { target[$0 * stride + channels * 8] == 99 })
  }

  /// Runs of any length at any place in the picture and over its edges; what stands behind their tiles is put back.
  @Test func inputsAreBTransposedTimesB() {
    var generator = SeededGenerator(seed: 2, purpose: .test)
    for tiles in [1, 7, 15, 16, 17, 31, 48] {
      for (height, width) in [(4, 2 * tiles + 2), (3, 5), (9, 120), (1, 1), (6, 2 * tiles - 1)] {
        for (row, column) in [(0, 0), (-2, -2), (height - 2, -1), (-1, 1), (height - 1, width - 3)] {
          let channels = 2
          let x = Self.numbers(channels * height * width, using: &generator)
          let (channelStride, elementStride) = (64, 130)
          var target = (0..<16 * elementStride + 16).map { Float($0) }
          let before = target
          target.withUnsafeMutableBufferPointer { target in
            guard let start = target.baseAddress else { return }
            WinogradTransform.input(
              x, height: height, width: width, WinogradTransform.Run(row: row, column: column, tiles: tiles),
              channels: channels, into: start, channelStride: channelStride, elementStride: elementStride)
          }
          var expected = before
          for channel in 0..<channels {
            for tile in 0..<tiles {
              let d = (0..<4).map { i in
                (0..<4).map { j in
                  let (y, u) = (row + i, column + 2 * tile + j)
                  return 0..<height ~= y && 0..<width ~= u ? Double(x[(channel * height + y) * width + u]) : 0
                }
              }
              let transformed = Self.both(Self.b, d)
              for element in 0..<16 {
                expected[element * elementStride + channel * channelStride + tile] =
                  Float(transformed[element / 4][element % 4])
              }
            }
          }
          #expect(target == expected, "\(tiles) tiles from \(row), \(column) of \(height) x \(width)")
        }
      }
    }
  }

  @Test(arguments: [16, 32, 48], [true, false]) func outputsAreATransposedTimesA(width: Int, rectifies: Bool) {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let stride = width + 5
    let sums = Self.numbers(16 * stride, using: &generator)
    var lines = [Float](repeating: 0, count: 4 * width)
    lines.withUnsafeMutableBufferPointer { lines in
      guard let upper = lines.baseAddress else { return }
      WinogradTransform.output(
        sums, elementStride: stride, width: width, start: 3, rectifies: rectifies, upper: upper,
        lower: upper + 2 * width)
    }
    for tile in 0..<width {
      let y = Self.both(
        Self.a, (0..<4).map { i in (0..<4).map { Double(sums[(4 * i + $0) * stride + tile]) } })
      for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let expected = y[row][column] + 3
        #expect(Double(lines[row * 2 * width + 2 * tile + column]) == (rectifies ? max(0, expected) : expected))
      }
    }
  }
}
