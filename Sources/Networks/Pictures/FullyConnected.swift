public import Tensors

/// A fully connected layer y = W x + b behind convolutions: W lies as `[outputs, inputs]`, as in files, so that millions of
/// weights are read in their order, once for all examples of a batch, whatever part of them is meant.
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
  private static let columns = 1024

  /// W x + b.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    product(inputs[0], bias: bias, workers: workers) { $0 }
  }

  /// f(W) x, without the bias.
  public func product(_ input: Tensor, part: WeightPart, workers: Workers) -> Tensor {
    let none = Tensor(shape: bias.shape)
    return switch part {
    case .all: product(input, bias: none, workers: workers) { $0 }
    case .positive: product(input, bias: none, workers: workers) { $0.replacing(with: 0, where: $0 .< 0) }
    case .negative: product(input, bias: none, workers: workers) { $0.replacing(with: 0, where: $0 .> 0) }
    case .negated: product(input, bias: none, workers: workers) { -$0.replacing(with: 0, where: $0 .> 0) }
    case .squared: product(input, bias: none, workers: workers) { $0 * $0 }
    case .one: product(input, bias: none, workers: workers) { _ in Lanes(repeating: 1) }
    }
  }

  private typealias Lanes = SIMD16<Float>

  /// Each output's sum in 16 lanes, which are added at the end, and what is left over one by one.
  @inline(__always)
  private func product(
    _ input: Tensor, bias: Tensor, workers: Workers, _ transform: @Sendable (Lanes) -> Lanes
  ) -> Tensor {
    guard let shape = outputShape([input.shape]) else {
      preconditionFailure("FullyConnected: input \(input.shape), weight \(weight.shape)")
    }
    let (outputs, width) = (weight.shape[0], weight.shape[1])
    let blocks = Workers.ranges(outputs, size: Self.rows)
    let whole = width / Lanes.scalarCount
    return weight.withSharedNumbers { weight in
      input.withSharedNumbers { input in
        bias.withSharedNumbers { bias in
          Tensor(shape: shape, parts: blocks.count, workers: workers) { part, target in
            for output in blocks[part] {
              let row = UnsafeRawPointer(weight.start + output * width)
              for example in 0..<shape[0] {
                let x = UnsafeRawPointer(input.start + example * width)
                var sums = Lanes.zero
                for place in 0..<whole {
                  let offset = place * MemoryLayout<Lanes>.size
                  sums +=
                    transform(row.loadUnaligned(fromByteOffset: offset, as: Lanes.self))
                    * x.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                }
                var sum = sums.sum()
                for place in whole * Lanes.scalarCount..<width {
                  sum +=
                    transform(Lanes(repeating: weight.start[output * width + place]))[0]
                    * input.start[example * width + place]
                }
                target.start[example * outputs + output] = sum + bias.start[output]
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
    return weight.withSharedNumbers { weight in
      signal.withSharedNumbers { signal in
        Tensor(shape: input.shape, parts: blocks.count, workers: workers) { number, target in
          let block = blocks[number]
          for example in 0..<batch {
            (target.start + example * width + block.lowerBound).initialize(repeating: 0, count: block.count)
          }
          for output in 0..<outputs {
            let row = weight.start + output * width + block.lowerBound
            for example in 0..<batch {
              let factor = signal.start[example * outputs + output]
              if factor == 0 { continue }
              let result = target.start + example * width + block.lowerBound
              for place in 0..<block.count { result[place] += factor * part.of(row[place]) }
            }
          }
        }
      }
    }
  }
}
