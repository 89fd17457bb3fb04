public import Tensors

/// The product of two tensors of the same shape, or of a tensor `[batch, channels, ...]` and a number for each of its
/// channels, `[batch, channels, 1, 1]`: x · sigmoid(x), and the gates of squeeze-and-excitation.
public struct Multiplication: ParallelLayer {
  /// Which of the two inputs is a gate, which scales the other and is made from it: what is handed down in shares goes
  /// past it.
  public let gate: Int

  /// A product.
  public init(gate: Int) {
    precondition(0...1 ~= gate, "Multiplication: gate \(gate)")
    self.gate = gate
  }

  /// That of the larger input, whose channels the other must have.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    guard inputs.count == 2 else { return nil }
    if inputs[0] == inputs[1] { return inputs[0] }
    guard inputs[0].count == inputs[1].count, inputs[0].count > 2, inputs[0][..<2] == inputs[1][..<2] else {
      return nil
    }
    let flat = inputs.map { $0[2...].allSatisfy { $0 == 1 } }
    return flat[0] ? inputs[1] : flat[1] ? inputs[0] : nil
  }

  /// x · y.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    scaled(inputs[0].elements.count >= inputs[1].elements.count ? inputs[0] : inputs[1], by: smaller(inputs), workers)
  }

  /// signal · the other input, added up over what the number of a channel was multiplied with.
  public func backward(
    _ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor, workers: Workers
  ) -> Tensor {
    let other = inputs[1 - index]
    if inputs[index].elements.count == signal.elements.count { return scaled(signal, by: other, workers) }
    let size = signal.elements.count / inputs[index].elements.count
    return signal.withSharedNumbers { signal in
      other.withSharedNumbers { other in
        Tensor(shape: inputs[index].shape, parts: inputs[index].elements.count, workers: workers) { plane, target in
          var sum = 0.0
          for place in plane * size..<(plane + 1) * size { sum += Double(signal.start[place] * other.start[place]) }
          target.start[plane] = Float(sum)
        }
      }
    }
  }

  private func smaller(_ inputs: [Tensor]) -> Tensor {
    inputs[0].elements.count >= inputs[1].elements.count ? inputs[1] : inputs[0]
  }

  private func scaled(_ x: Tensor, by factors: Tensor, _ workers: Workers) -> Tensor {
    if x.shape == factors.shape { return x.map(with: factors, workers: workers) { $0 * $1 } }
    let size = x.elements.count / max(1, factors.elements.count)
    return x.withSharedNumbers { numbers in
      factors.withSharedNumbers { factors in
        Tensor(shape: x.shape, parts: factors.count, workers: workers) { plane, target in
          let factor = factors.start[plane]
          for place in plane * size..<(plane + 1) * size { target.start[place] = factor * numbers.start[place] }
        }
      }
    }
  }
}
