import RealModule
public import Tensors

/// Local response normalisation over neighbouring channels: y_c = x_c / d_c^β with d_c = k + α / n · Σ x_j², j running
/// over n channels around c (Krizhevsky et al., NIPS 2012, section 3.3; with α / n as in ONNX and torch).
public struct LocalResponseNormalization: ParallelLayer {
  /// n.
  public let size: Int
  /// α.
  public let alpha: Float
  /// β.
  public let beta: Float
  /// k.
  public let bias: Float

  /// A normalisation over `size` channels.
  public init(size: Int, alpha: Float = 1e-4, beta: Float = 0.75, bias: Float = 1) {
    precondition(size >= 1, "LocalResponseNormalization: size \(size)")
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.bias = bias
  }

  /// The input's own, of two axes or more.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.count == 1 && inputs[0].count >= 2 ? inputs[0] : nil
  }

  /// The channels around one: (n − 1) / 2 before it, rounded down, and the rest behind.
  private func around(_ channel: Int, of channels: Int) -> Range<Int> {
    max(0, channel - (size - 1) / 2)..<min(channels, channel + size / 2 + 1)
  }

  /// x / d^β.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    let shape = inputs[0].shape
    let (channels, pixels) = (shape[1], shape[2...].reduce(1, *))
    return inputs[0].withSharedNumbers { x in
      Tensor(shape: shape, parts: shape[0] * channels, workers: workers) { plane, target in
        let first = plane / channels * channels
        for pixel in 0..<pixels {
          let place = plane * pixels + pixel
          target.start[place] =
            x.start[place] * Float.pow(divisor(x, first, plane - first, channels, pixels, pixel), -beta)
        }
      }
    }
  }

  /// d at a pixel of a channel.
  private func divisor(
    _ x: SharedNumbers, _ first: Int, _ channel: Int, _ channels: Int, _ pixels: Int, _ pixel: Int
  ) -> Float {
    var sum: Float = 0
    for other in around(channel, of: channels) {
      let value = x.start[(first + other) * pixels + pixel]
      sum += value * value
    }
    return bias + alpha / Float(size) * sum
  }

  /// signal_c · d_c^−β − 2 α β / n · x_c · Σ signal_j · x_j · d_j^(−β − 1), over the channels j that have c around
  /// them.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    let shape = inputs[0].shape
    let (channels, pixels) = (shape[1], shape[2...].reduce(1, *))
    return inputs[0].withSharedNumbers { x in
      signal.withSharedNumbers { signal in
        Tensor(shape: shape, parts: shape[0], workers: workers) { picture, target in
          let first = picture * channels
          let start = first * pixels
          (target.start + start).initialize(repeating: 0, count: channels * pixels)
          for channel in 0..<channels {
            for pixel in 0..<pixels {
              let place = start + channel * pixels + pixel
              let d = divisor(x, first, channel, channels, pixels, pixel)
              let power = Float.pow(d, -beta)
              target.start[place] += signal.start[place] * power
              let share = 2 * alpha * beta / Float(size) * signal.start[place] * x.start[place] * power / d
              for other in around(channel, of: channels) {
                let neighbour = start + other * pixels + pixel
                target.start[neighbour] -= share * x.start[neighbour]
              }
            }
          }
        }
      }
    }
  }
}
