public import Tensors

/// A fully connected layer y = W x + b behind convolutions: W lies as `[outputs, inputs]`, as in files, so that
/// millions of weights are read in their order, once for all examples of a batch, whatever part of them is meant.
public struct FullyConnected: Layer {
  /// W, `[outputs, inputs]`.
  public private(set) var weight: Tensor
  /// b, `[outputs]`.
  public private(set) var bias: Tensor

  /// A layer of given weights.
  /// - Parameters:
  ///   - weight: W, `[outputs, inputs]`.
  ///   - bias: b, `[outputs]`.
  public init(weight: Tensor, bias: Tensor) {
    precondition(
      weight.shape.count == 2 && bias.shape == [weight.shape[0]] && !weight.elements.isEmpty,
      "FullyConnected: weight \(weight.shape), bias \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  /// A layer of random weights, normal with the variance 2 / (inputs + outputs), and a bias of 0.
  public init(inputs: Int, outputs: Int, using generator: inout some RandomNumberGenerator) {
    let dense = Dense(inputs: inputs, outputs: outputs, using: &generator)
    self.init(weight: Tensor(shape: [outputs, inputs], elements: dense.weight.elements), bias: dense.bias)
  }

  /// W and b.
  public var weights: [Tensor] { [weight, bias] }

  /// Hands W, then b to `body`.
  public mutating func updateWeights(_ body: (Int, inout Tensor) -> Void) {
    body(0, &weight)
    body(1, &bias)
  }

  /// `[batch, outputs]` for `[batch, inputs]`.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    inputs.count == 1 && inputs[0].count == 2 && inputs[0][1] == weight.shape[1]
      ? [inputs[0][0], weight.shape[0]] : nil
  }

  /// signalᵀ · x for W, and the sum of the signal over the batch for b.
  public func gradients(_ signal: Tensor, inputs: [Tensor]) -> [Tensor] {
    let (outputs, width, batch) = (weight.shape[0], weight.shape[1], signal.shape[0])
    let ofWeight = Tensor(shape: weight.shape) { result in
      BLAS.multiply(
        signal.elements, inputs[0].elements, BLAS.Shape(rows: outputs, inner: batch, columns: width),
        transposed: .first, into: result)
    }
    let ofBias = (0..<outputs).map { output in
      (0..<batch).reduce(Float(0)) { $0 + signal.elements[$1 * outputs + output] }
    }
    return [ofWeight, Tensor(shape: bias.shape, elements: ofBias)]
  }
}

extension FullyConnected: WeightedLayer {
  /// The outputs that one part of the work makes.
  private static let rows = 64
  /// The inputs that one part of the way back makes.
  private static let columns = 2048

  /// W x + b.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    product(inputs[0], part: .all, bias: bias, workers: workers)
  }

  /// f(W) x, without the bias.
  public func product(_ input: Tensor, part: WeightPart, workers: Workers) -> Tensor {
    product(input, part: part, bias: Tensor(shape: bias.shape), workers: workers)
  }

  private func product(_ input: Tensor, part: WeightPart, bias: Tensor, workers: Workers) -> Tensor {
    guard let shape = outputShape([input.shape]) else {
      preconditionFailure("FullyConnected: input \(input.shape), weight \(weight.shape)")
    }
    let (outputs, width) = (weight.shape[0], weight.shape[1])
    let blocks = Workers.ranges(outputs, size: Self.rows)
    return weight.withSharedNumbers { weight in
      input.withSharedNumbers { input in
        bias.withSharedNumbers { bias in
          Tensor(shape: shape, parts: blocks.count, workers: workers) { number, target in
            // A few rows at a time, so that they are still near for the next example.
            for first in stride(from: blocks[number].lowerBound, to: blocks[number].upperBound, by: 4) {
              let rows = first..<min(first + 4, blocks[number].upperBound)
              for example in 0..<shape[0] {
                let result = target.start + example * outputs
                RowProduct.sums(
                  weight.start + first * width, rows: rows.count, width: width, part: part,
                  input.start + example * width, into: result + first)
                for output in rows { result[output] += bias.start[output] }
              }
            }
          }
        }
      }
    }
  }

  /// f(W)ᵀ · signal; rows of W whose signal is 0 are not read.
  public func transposedProduct(_ signal: Tensor, part: WeightPart, input: Tensor, workers: Workers) -> Tensor {
    let (outputs, width, batch) = (weight.shape[0], weight.shape[1], input.shape[0])
    let blocks = Workers.ranges(width, size: Self.columns)
    let rows = (0..<batch).map { example in
      (0..<outputs).filter { signal.elements[example * outputs + $0] != 0 }
    }
    let factors = rows.enumerated().map { example, rows in rows.map { signal.elements[example * outputs + $0] } }
    return weight.withSharedNumbers { weight in
      Tensor(shape: input.shape, parts: blocks.count, workers: workers) { number, target in
        let block = blocks[number]
        for example in 0..<batch {
          RowProduct.mixture(
            weight.start + block.lowerBound, stride: width, rows: rows[example], factors: factors[example], part: part,
            into: UnsafeMutableBufferPointer(
              start: target.start + example * width + block.lowerBound, count: block.count))
        }
      }
    }
  }
}
