public import Tensors

/// Batch normalisation as it is after training, a straight line for each channel: y = a · x + b with
/// a = γ / √(σ² + ε) and b = β − a μ (Ioffe & Szegedy, arXiv 1502.03167, algorithm 2).
///
/// Behind a convolution it is folded into that instead.
public struct BatchNormalization: ParallelLayer {
  /// a, `[channels]`.
  public let scale: Tensor
  /// b, `[channels]`.
  public let shift: Tensor

  /// A line of given slope and intercept for each channel.
  public init(scale: Tensor, shift: Tensor) {
    precondition(
      scale.shape.count == 1 && scale.shape == shift.shape,
      "BatchNormalization: scale \(scale.shape), shift \(shift.shape)")
    self.scale = scale
    self.shift = shift
  }

  /// The lines of learned γ and β and of the running mean and variance, each `[channels]`.
  public init(gamma: [Float], beta: [Float], mean: [Float], variance: [Float], epsilon: Float) {
    let scale = zip(gamma, variance).map { $0 / ($1 + epsilon).squareRoot() }
    self.init(
      scale: Tensor(shape: [scale.count], elements: scale),
      shift: Tensor(shape: [scale.count], elements: scale.indices.map { beta[$0] - scale[$0] * mean[$0] }))
  }

  /// The input's own.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.count == 1 && inputs[0].count >= 2 && inputs[0][1] == scale.shape[0] ? inputs[0] : nil
  }

  /// a · x + b.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor { lines(inputs[0], shift, workers) }

  /// a · signal.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor { lines(signal, nil, workers) }

  private func lines(_ input: Tensor, _ shift: Tensor?, _ workers: Workers) -> Tensor {
    let channels = scale.shape[0]
    let planes = input.shape[0] * channels
    let pixels = input.elements.count / max(1, planes)
    let (scale, shift) = (scale.elements, shift?.elements)
    return input.withSharedNumbers { numbers in
      Tensor(shape: input.shape, parts: planes, workers: workers) { plane, target in
        let (factor, addend) = (scale[plane % channels], shift?[plane % channels] ?? 0)
        for index in plane * pixels..<(plane + 1) * pixels {
          target.start[index] = factor * numbers.start[index] + addend
        }
      }
    }
  }
}

extension Convolution {
  /// The convolution that gives what the line gives behind this one.
  public func folding(_ line: BatchNormalization) -> Convolution {
    precondition(line.scale.shape == bias.shape, "Convolution: \(bias.shape) channels, lines for \(line.scale.shape)")
    let inner = weight.elements.count / bias.elements.count
    let (scale, shift) = (line.scale.elements, line.shift.elements)
    return Convolution(
      weight: Tensor(shape: weight.shape) { target in
        for (index, value) in weight.elements.enumerated() { target[index] = value * scale[index / inner] }
      },
      bias: Tensor(
        shape: bias.shape, elements: bias.elements.indices.map { bias.elements[$0] * scale[$0] + shift[$0] }),
      window: window, groups: groups)
  }
}
