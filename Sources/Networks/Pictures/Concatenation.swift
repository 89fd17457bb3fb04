public import Tensors

/// The channels of several tensors, one behind the other.
public struct Concatenation: Layer {
  /// A concatenation.
  public init() {}

  /// The channels added up; all other axes must agree.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    guard let first = inputs.first, first.count >= 2,
      inputs.allSatisfy({ $0.count == first.count && $0[0] == first[0] && $0[2...] == first[2...] })
    else { return nil }
    return [first[0], inputs.reduce(0) { $0 + $1[1] }] + first[2...]
  }

  /// All channels of the first input, then those of the next.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    guard let shape = outputShape(inputs.map(\.shape)) else {
      preconditionFailure("Concatenation: inputs \(inputs.map(\.shape))")
    }
    let total = shape.dropFirst().reduce(1, *)
    return Tensor(shape: shape) { output in
      var start = 0
      for input in inputs {
        let size = input.elements.count / shape[0]
        input.elements.withUnsafeBufferPointer { input in
          for example in 0..<shape[0] {
            let place = example * total + start
            _ = UnsafeMutableBufferPointer(rebasing: output[place..<place + size])
              .update(fromContentsOf: input[example * size..<(example + 1) * size])
          }
        }
        start += size
      }
    }
  }

  /// The part of the signal that belongs to the input.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    let batch = signal.shape[0]
    let sizes = inputs.map { $0.elements.count / batch }
    let start = sizes[..<index].reduce(0, +)
    let total = signal.elements.count / batch
    return signal.elements.withUnsafeBufferPointer { signal in
      Tensor(shape: inputs[index].shape) { result in
        for example in 0..<batch {
          let place = example * total + start
          _ = UnsafeMutableBufferPointer(rebasing: result[example * sizes[index]..<(example + 1) * sizes[index]])
            .update(fromContentsOf: signal[place..<place + sizes[index]])
        }
      }
    }
  }
}
