public import Tensors

/// The largest value under a window, channel by channel; what is put around the picture never wins.
///
/// On the way back the first of the largest in reading order takes all, as in torch.
public struct MaxPool: ParallelLayer {
  /// How the window moves.
  public let window: Window

  /// A pool.
  public init(_ window: Window) { self.window = window }

  /// `[batch, channels, height, width]` of the window's places.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? { pooledShape(inputs, window) }

  /// The largest under each window.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    let planes = PoolPlanes(inputs[0], window)
    return inputs[0].withSharedNumbers { input in
      Tensor(shape: planes.outputShape, parts: planes.count, workers: workers) { plane, target in
        let source = input.start + plane * planes.inputPixels
        let output = target.start + plane * planes.outputPixels
        output.initialize(repeating: -.infinity, count: planes.outputPixels)
        planes.forEachTap { row, column, rows, columns in
          for place in rows {
            let from = source + (place * window.step[0] + row) * planes.inputWidth + column
            let to = output + place * planes.outputWidth
            let step = window.step[1]
            for index in columns {
              let value = from[index * step]
              to[index] = value > to[index] ? value : to[index]
            }
          }
        }
      }
    }
  }

  /// Each output's signal, to the first of the largest under its window.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    let planes = PoolPlanes(inputs[0], window)
    return inputs[0].withSharedNumbers { input in
      signal.withSharedNumbers { signal in
        output.withSharedNumbers { output in
          Tensor(shape: inputs[0].shape, parts: planes.count, workers: workers) { plane, target in
            let result = target.start + plane * planes.inputPixels
            result.initialize(repeating: 0, count: planes.inputPixels)
            let source = input.start + plane * planes.inputPixels
            if planes.isQuartered {
              planes.quarter(
                source, largest: output.start + plane * planes.outputPixels,
                signal: signal.start + plane * planes.outputPixels, into: result)
              return
            }
            for place in 0..<planes.outputPixels {
              let value = signal.start[plane * planes.outputPixels + place]
              if value == 0 { continue }
              let largest = output.start[plane * planes.outputPixels + place]
              if let winner = planes.first(equalTo: largest, in: source, under: place) { result[winner] += value }
            }
          }
        }
      }
    }
  }
}

/// The shape that a pool gives; nil where its window does not fit.
func pooledShape(_ inputs: [[Int]], _ window: Window) -> [Int]? {
  guard inputs.count == 1, inputs[0].count == 4, let places = window.places(Array(inputs[0][2...])) else { return nil }
  return Array(inputs[0][..<2]) + places
}

/// A batch as planes, one for each channel of each picture, over which a pool's window moves.
struct PoolPlanes: Sendable {
  private let window: Window
  let outputShape: [Int]
  private let inputHeight: Int
  let inputWidth: Int
  let outputWidth: Int

  init(_ input: Tensor, _ window: Window) {
    guard let shape = pooledShape([input.shape], window) else {
      preconditionFailure("pool: input \(input.shape), window \(window)")
    }
    self.window = window
    outputShape = shape
    (inputHeight, inputWidth, outputWidth) = (input.shape[2], input.shape[3], shape[3])
  }

  var count: Int { outputShape[0] * outputShape[1] }
  var inputPixels: Int { inputHeight * inputWidth }
  var outputPixels: Int { outputShape[2] * outputWidth }

  /// Calls `body` for each element of the window, in reading order: its place in the picture where the window is at its
  /// first place, and the rows and columns of the output for which it lies in the picture.
  @inline(__always)
  func forEachTap(_ body: (_ row: Int, _ column: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Void) {
    for vertical in 0..<window.size[0] {
      let rows = window.inside(axis: 0, element: vertical, length: inputHeight, count: outputShape[2])
      for horizontal in 0..<window.size[1] {
        let columns = window.inside(axis: 1, element: horizontal, length: inputWidth, count: outputWidth)
        body(
          vertical * window.dilation[0] - window.padding[0], horizontal * window.dilation[1] - window.padding[1], rows,
          columns)
      }
    }
  }

  /// The place in a plane of the first element under the window of an output that has the given value.
  @inline(__always)
  func first(equalTo value: Float, in source: UnsafePointer<Float>, under output: Int) -> Int? {
    let top = output / outputWidth * window.step[0] - window.padding[0]
    let left = output % outputWidth * window.step[1] - window.padding[1]
    for vertical in 0..<window.size[0] {
      let row = top + vertical * window.dilation[0]
      if row < 0 || row >= inputHeight { continue }
      for horizontal in 0..<window.size[1] {
        let column = left + horizontal * window.dilation[1]
        if column >= 0, column < inputWidth, source[row * inputWidth + column] == value {
          return row * inputWidth + column
        }
      }
    }
    return nil
  }

  /// Whether the windows are squares of four that lie side by side and fill the picture, or all of it but a last row or
  /// column.
  var isQuartered: Bool {
    window.size == [2, 2] && window.step == [2, 2] && window.padding == [0, 0, 0, 0] && window.dilation == [1, 1]
      && !window.roundsUp
  }

  /// Hands each output's signal to the first of its four that is the largest, without a search.
  func quarter(
    _ source: UnsafePointer<Float>, largest: UnsafePointer<Float>, signal: UnsafePointer<Float>,
    into result: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<outputShape[2] {
      let (upper, lower) = (2 * row * inputWidth, (2 * row + 1) * inputWidth)
      for column in 0..<outputWidth {
        let (value, most) = (signal[row * outputWidth + column], largest[row * outputWidth + column])
        let first = source[upper + 2 * column] == most
        let second = !first && source[upper + 2 * column + 1] == most
        let third = !first && !second && source[lower + 2 * column] == most
        let fourth = !first && !second && !third && source[lower + 2 * column + 1] == most
        result[upper + 2 * column] = first ? value : 0
        result[upper + 2 * column + 1] = second ? value : 0
        result[lower + 2 * column] = third ? value : 0
        result[lower + 2 * column + 1] = fourth ? value : 0
      }
    }
  }
}
