public import Tensors

/// A fully connected layer: y = x · W + b.
public struct Dense: Layer {
  /// W, `[inputs, outputs]`.
  public private(set) var weight: Tensor
  /// b, `[outputs]`.
  public private(set) var bias: Tensor

  /// A layer of given weights.
  /// - Parameters:
  ///   - weight: W, `[inputs, outputs]`.
  ///   - bias: b, `[outputs]`.
  public init(weight: Tensor, bias: Tensor) {
    precondition(
      weight.shape.count == 2 && bias.shape == [weight.shape[1]],
      "Dense: weight \(weight.shape), bias \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  /// A layer of random weights, normal with the variance 2 / (inputs + outputs) that keeps the size of signals on both
  /// ways (Glorot & Bengio, AISTATS 2010, eq. 12), and a bias of 0.
  ///
  /// On tables this predicted better than the variance 2 / inputs that is meant for deep stacks of rectifiers.
  /// - Parameters:
  ///   - inputs: the number of inputs.
  ///   - outputs: the number of outputs.
  ///   - generator: draws the weights.
  public init(inputs: Int, outputs: Int, using generator: inout some RandomNumberGenerator) {
    let deviation = (2 / Double(max(1, inputs + outputs))).squareRoot()
    var elements: [Float] = []
    elements.reserveCapacity(inputs * outputs)
    for _ in 0..<inputs * outputs {
      let uniform = Double.random(in: 0x1p-53..<1, using: &generator)
      elements.append(Float(deviation * NormalDistribution.quantile(uniform)))
    }
    self.init(
      weight: Tensor(shape: [inputs, outputs], elements: elements), bias: Tensor(shape: [outputs]))
  }

  /// W and b.
  public var weights: [Tensor] { [weight, bias] }

  /// x · W + b, `[batch, outputs]`, for x `[batch, inputs]`.
  public func forward(_ inputs: [Tensor]) -> Tensor {
    let shape = product(inputs[0])
    return Tensor(shape: [shape.rows, shape.columns]) { output in
      bias.elements.withUnsafeBufferPointer { bias in
        for row in 0..<shape.rows {
          for column in 0..<shape.columns { output[row * shape.columns + column] = bias[column] }
        }
      }
      BLAS.multiplyEachRow(inputs[0].elements, weight.elements, shape, addingTo: output)
    }
  }

  /// signal · Wᵀ, `[batch, inputs]`.
  public func backward(_ signal: Tensor, toInput index: Int, inputs: [Tensor], output: Tensor) -> Tensor {
    let shape = product(inputs[0])
    return Tensor(shape: inputs[0].shape) { result in
      BLAS.multiply(
        signal.elements, weight.elements,
        BLAS.Shape(rows: shape.rows, inner: shape.columns, columns: shape.inner), transposed: .second, into: result)
    }
  }

  /// xᵀ · signal for W, and the sum of the signal over the batch for b.
  public func gradients(_ signal: Tensor, inputs: [Tensor]) -> [Tensor] {
    let shape = product(inputs[0])
    let ofWeight = Tensor(shape: weight.shape) { result in
      BLAS.multiply(
        inputs[0].elements, signal.elements,
        BLAS.Shape(rows: shape.inner, inner: shape.rows, columns: shape.columns), transposed: .first, into: result)
    }
    let ofBias = Tensor(shape: bias.shape) { result in
      result.initialize(repeating: 0)
      signal.elements.withUnsafeBufferPointer { signal in
        for row in 0..<shape.rows {
          for column in 0..<shape.columns { result[column] += signal[row * shape.columns + column] }
        }
      }
    }
    return [ofWeight, ofBias]
  }

  /// Hands W, then b to `body`.
  public mutating func updateWeights(_ body: (Int, inout Tensor) -> Void) {
    body(0, &weight)
    body(1, &bias)
  }

  private func product(_ input: Tensor) -> BLAS.Shape {
    precondition(
      input.shape.count == 2 && input.shape[1] == weight.shape[0],
      "Dense: input \(input.shape), weight \(weight.shape)")
    return BLAS.Shape(rows: input.shape[0], inner: weight.shape[0], columns: weight.shape[1])
  }
}
