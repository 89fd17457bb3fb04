public import Tensors

/// The mean under a window, channel by channel.
public struct AveragePool: ParallelLayer {
  /// How the window moves.
  public let window: Window
  /// Whether the zeros around the picture count; what lies beyond them, under a last window over the edge, never does.
  public let countsPadding: Bool

  /// A pool.
  public init(_ window: Window, countsPadding: Bool = false) {
    self.window = window
    self.countsPadding = countsPadding
  }

  /// `[batch, channels, height, width]` of the window's places.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? { pooledShape(inputs, window) }

  /// The mean under each window.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    let planes = PoolPlanes(inputs[0], window)
    let shares = shares(inputs[0], planes)
    return inputs[0].withSharedNumbers { input in
      Tensor(shape: planes.outputShape, parts: planes.count, workers: workers) { plane, target in
        let source = input.start + plane * planes.inputPixels
        let output = target.start + plane * planes.outputPixels
        output.initialize(repeating: 0, count: planes.outputPixels)
        planes.forEachTap { row, column, rows, columns in
          for place in rows {
            let from = source + (place * window.step[0] + row) * planes.inputWidth + column
            let to = output + place * planes.outputWidth
            for index in columns { to[index] += from[index * window.step[1]] }
          }
        }
        for index in 0..<planes.outputPixels { output[index] *= shares[index] }
      }
    }
  }

  /// Each output's signal, in equal shares to all under its window.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    let planes = PoolPlanes(inputs[0], window)
    let shares = shares(inputs[0], planes)
    return signal.withSharedNumbers { signal in
      Tensor(shape: inputs[0].shape, parts: planes.count, workers: workers) { plane, target in
        let result = target.start + plane * planes.inputPixels
        result.initialize(repeating: 0, count: planes.inputPixels)
        let source = signal.start + plane * planes.outputPixels
        planes.forEachTap { row, column, rows, columns in
          for place in rows {
            let to = result + (place * window.step[0] + row) * planes.inputWidth + column
            for index in columns {
              let output = place * planes.outputWidth + index
              to[index * window.step[1]] += source[output] * shares[output]
            }
          }
        }
      }
    }
  }

  /// 1 / the number of elements that count, for each of the window's places.
  private func shares(_ input: Tensor, _ planes: PoolPlanes) -> [Float] {
    let counts = (0..<2).map { axis in
      (0..<planes.outputShape[axis + 2]).map { place in
        let start = place * window.step[axis] - window.padding[axis]
        let length = input.shape[axis + 2]
        let allowed = countsPadding ? -window.padding[axis]..<length + window.padding[axis + 2] : 0..<length
        return (0..<window.size[axis]).count { allowed.contains(start + $0 * window.dilation[axis]) }
      }
    }
    return counts[0].flatMap { row in counts[1].map { 1 / Float(max(1, row * $0)) } }
  }
}

/// The mean of each channel's plane, `[batch, channels, 1, 1]`.
public struct GlobalAveragePool: Layer {
  /// A pool.
  public init() {}

  /// A number for each channel.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.count == 1 && inputs[0].count == 4 ? Array(inputs[0][..<2]) + [1, 1] : nil
  }

  /// The means, in double precision.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let shape = inputs[0].shape
    let pixels = shape[2] * shape[3]
    return inputs[0].elements.withUnsafeBufferPointer { input in
      Tensor(shape: [shape[0], shape[1], 1, 1]) { output in
        for plane in 0..<output.count {
          var sum = 0.0
          for pixel in plane * pixels..<(plane + 1) * pixels { sum += Double(input[pixel]) }
          output[plane] = Float(sum / Double(pixels))
        }
      }
    }
  }

  /// Each channel's signal in equal shares to its plane.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    let shape = inputs[0].shape
    let pixels = shape[2] * shape[3]
    return Tensor(shape: shape) { result in
      for place in 0..<result.count { result[place] = signal.elements[place / pixels] / Float(pixels) }
    }
  }
}
