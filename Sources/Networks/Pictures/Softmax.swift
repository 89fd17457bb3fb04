import RealModule
public import Tensors

/// The shares p_k = exp(x_k) / Σ exp(x) over the channels, at each place of a picture by itself.
public struct Softmax: Layer {
  /// A softmax over the second axis.
  public init() {}

  /// The input's own, of two axes or more.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.count == 1 && inputs[0].count >= 2 ? inputs[0] : nil
  }

  /// The shares; with the largest taken off first nothing overflows.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    return Tensor(shape: x.shape) { output in
      Self.forEachPlace(x.shape) { places in
        let largest = places.reduce(-Float.infinity) { max($0, x.elements[$1]) }
        var sum: Float = 0
        for place in places {
          output[place] = Float.exp(x.elements[place] - largest)
          sum += output[place]
        }
        for place in places { output[place] /= sum }
      }
    }
  }

  /// p · (signal − Σ p · signal).
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    Tensor(shape: signal.shape) { result in
      Self.forEachPlace(signal.shape) { places in
        let mean = places.reduce(Float(0)) { $0 + output.elements[$1] * signal.elements[$1] }
        for place in places { result[place] = output.elements[place] * (signal.elements[place] - mean) }
      }
    }
  }

  /// Calls `body` with the places of all channels, for each place of each picture.
  private static func forEachPlace(_ shape: [Int], _ body: (StrideTo<Int>) -> Void) {
    let pixels = shape[2...].reduce(1, *)
    for example in 0..<shape[0] {
      let start = example * shape[1] * pixels
      for pixel in 0..<pixels { body(stride(from: start + pixel, to: start + shape[1] * pixels, by: pixels)) }
    }
  }
}
