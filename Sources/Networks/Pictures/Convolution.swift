public import Tensors

/// A convolution: y[o, v, u] = b[o] + Σ over c, i, j of W[o, c, i, j] · x[c, v · step + i · dilation − padding, ...],
/// where c runs over the channels of o's group and x is 0 outside the picture.
///
/// A picture's output is made in pieces, each a product of the weights with the unrolled windows of some pixels, which
/// stay in the cache. The digits of each output depend neither on the batch nor on the number of threads.
public struct Convolution: Layer {
  /// W, `[outputs, inputs / groups, height, width]`.
  public private(set) var weight: Tensor
  /// b, `[outputs]`.
  public private(set) var bias: Tensor
  /// How the kernel moves.
  public let window: Window
  /// Into how many parts, which know nothing of each other, the channels are cut.
  public let groups: Int
  /// The weights as `forward` takes them, one way or the other.
  private var packed = Kept<PackedKernel>()
  private var transformed = Kept<WinogradKernel>()
  /// The weights as the way back takes them, for methods that go it again and again.
  private var turned = Self.nothingTurned

  private static var nothingTurned: Kept<WinogradKernel> { Kept(fromUse: 2) }

  /// A convolution of given weights.
  /// - Parameters:
  ///   - weight: W, `[outputs, inputs / groups, height, width]`.
  ///   - bias: b, `[outputs]`.
  ///   - window: how the kernel moves; its size is that of W.
  ///   - groups: divides the numbers of inputs and outputs.
  public init(weight: Tensor, bias: Tensor, window: Window, groups: Int = 1) {
    precondition(
      weight.shape.count == 4 && bias.shape == [weight.shape[0]] && window.size == Array(weight.shape[2...])
        && groups >= 1 && weight.shape[0] % groups == 0 && !weight.elements.isEmpty && !window.roundsUp,
      "Convolution: weight \(weight.shape), bias \(bias.shape), groups \(groups), window \(window)")
    self.weight = weight
    self.bias = bias
    self.window = window
    self.groups = groups
  }

  /// A convolution of random weights, normal with the variance 2 / (number of weights of an output) that suits
  /// rectifiers (He et al., arXiv 1502.01852, eq. 10), and a bias of 0.
  public init(
    inputs: Int, outputs: Int, window: Window, using generator: inout some RandomNumberGenerator
  ) {
    let count = inputs * window.size[0] * window.size[1]
    let deviation = (2 / Double(count)).squareRoot()
    let elements = (0..<outputs * count).map { _ in
      Float(deviation * NormalDistribution.quantile(Double.random(in: 0x1p-53..<1, using: &generator)))
    }
    self.init(
      weight: Tensor(shape: [outputs, inputs] + window.size, elements: elements), bias: Tensor(shape: [outputs]),
      window: window)
  }

  /// W and b.
  public var weights: [Tensor] { [weight, bias] }

  /// Hands W, then b to `body`.
  public mutating func updateWeights(_ body: (Int, inout Tensor) -> Void) {
    body(0, &weight)
    body(1, &bias)
    packed = Kept()
    transformed = Kept()
    turned = Self.nothingTurned
  }

  /// `[batch, outputs, height, width]` for `[batch, inputs, height, width]`.
  public func outputShape(_ inputs: [[Int]]) -> [Int]? {
    guard inputs.count == 1, inputs[0].count == 4, inputs[0][1] == weight.shape[1] * groups,
      let places = window.places(Array(inputs[0][2...]))
    else { return nil }
    return [inputs[0][0], weight.shape[0]] + places
  }

  /// The sizes of the product for one group of one picture.
  func geometry(_ input: Tensor) -> ConvolutionGeometry {
    guard let output = outputShape([input.shape]) else {
      preconditionFailure("Convolution: input \(input.shape), weight \(weight.shape), groups \(groups)")
    }
    return ConvolutionGeometry(window: window, groups: groups, weight: weight.shape, input: input.shape, output: output)
  }

  /// The weights with `part` in their place.
  private func weight(_ part: WeightPart) -> Tensor {
    part == .all ? weight : weight.map { part.of($0) }
  }
}

extension Convolution: WeightedLayer {
  /// W x + b.
  public func forward(_ inputs: [Tensor], workers: Workers) -> Tensor {
    run(inputs[0], part: .all, bias: bias, rectifies: false, workers: workers)
  }

  /// max(W x + b, 0).
  func rectifiedForward(_ input: Tensor, workers: Workers) -> Tensor {
    run(input, part: .all, bias: bias, rectifies: true, workers: workers)
  }

  /// f(W) x, without the bias.
  public func product(_ input: Tensor, part: WeightPart, workers: Workers) -> Tensor {
    run(input, part: part, bias: nil, rectifies: false, workers: workers)
  }

  private func run(_ input: Tensor, part: WeightPart, bias: Tensor?, rectifies: Bool, workers: Workers) -> Tensor {
    let sizes = geometry(input)
    if sizes.isDepthwise {
      return depthwise(input, sizes, weight: weight(part), bias: bias, rectifies: rectifies, workers: workers)
    }
    if part == .all, WinogradProduct.suits(sizes) {
      let kernel = transformed.value { WinogradKernel(weight, groups: groups, workers: workers) }
      return WinogradProduct(sizes, kernel, bias: bias, rectifies: rectifies)
        .run(input, shape: sizes.outputShape, workers: workers)
    }
    func pack() -> PackedKernel { PackedKernel(weight, groups: groups, part: part, workers: workers) }
    let kernel = part == .all ? packed.value(pack) : pack()
    return ConvolutionProduct(sizes, kernel, bias: bias, rectifies: rectifies)
      .run(input, shape: sizes.outputShape, workers: workers)
  }

  /// Adds the bias to a row of outputs and rectifies it.
  private static func finish(_ row: UnsafeMutablePointer<Float>, _ count: Int, adding bias: Float, rectifies: Bool) {
    if rectifies {
      for index in 0..<count {
        let value = row[index] + bias
        row[index] = value > 0 ? value : 0
      }
    } else if bias != 0 {
      for index in 0..<count { row[index] += bias }
    }
  }

  /// One channel a group: the sums of each channel, without products of matrices.
  private func depthwise(
    _ input: Tensor, _ sizes: ConvolutionGeometry, weight: Tensor, bias: Tensor?, rectifies: Bool, workers: Workers
  ) -> Tensor {
    let zeros = Tensor(shape: [sizes.outputs])
    return input.withSharedNumbers { input in
      weight.withSharedNumbers { weight in
        (bias ?? zeros).withSharedNumbers { bias in
          Tensor(shape: sizes.outputShape, parts: sizes.batch * groups, workers: workers) { plane, target in
            let group = plane % groups
            let source = input.start + plane * sizes.inputPixels
            for channel in group * sizes.outputsPerGroup..<(group + 1) * sizes.outputsPerGroup {
              let output = target.start + (plane / groups * sizes.outputs + channel) * sizes.outputPixels
              output.initialize(repeating: 0, count: sizes.outputPixels)
              sizes.forEachTap { tap, rows, columns in
                let factor = weight.start[channel * sizes.inner + tap.index]
                for row in rows {
                  let from = source + (row * window.step[0] + tap.row) * sizes.inputWidth + tap.column
                  let to = output + row * sizes.outputWidth
                  let step = window.step[1]
                  if step == 1 {
                    for column in columns { to[column] += factor * from[column] }
                  } else {
                    for column in columns { to[column] += factor * from[column * step] }
                  }
                }
              }
              Self.finish(output, sizes.outputPixels, adding: bias.start[channel], rectifies: rectifies)
            }
          }
        }
      }
    }
  }

  /// f(W)ᵀ · signal: where the window moves by single steps, the convolution with the weights turned around; else what
  /// the products with the transposed weights give for each window is added where the window's elements lie.
  public func transposedProduct(_ signal: Tensor, part: WeightPart, input: Tensor, workers: Workers) -> Tensor {
    let sizes = geometry(input)
    precondition(signal.shape == sizes.outputShape, "Convolution: signal \(signal.shape), output \(sizes.outputShape)")
    if let back = sizes.turnedAround, !sizes.isDepthwise {
      if part == .all, WinogradProduct.suits(back) {
        let kernel = turned.value { WinogradKernel(transposed: weight, groups: groups, workers: workers) }
        return WinogradProduct(back, kernel, bias: nil, rectifies: false)
          .run(signal, shape: input.shape, workers: workers)
      }
      let kernel = PackedKernel(transposed: weight, groups: groups, part: part, workers: workers)
      return ConvolutionProduct(back, kernel, bias: nil, rectifies: false)
        .run(signal, shape: input.shape, workers: workers)
    }
    return scatteredProduct(signal, sizes, part: part, input: input, workers: workers)
  }

  /// A part of the work is some of the input's channels, over all pieces in their order.
  private func scatteredProduct(
    _ signal: Tensor, _ sizes: ConvolutionGeometry, part: WeightPart, input: Tensor, workers: Workers
  ) -> Tensor {
    let blocks = sizes.inputBlocks
    let pieces = sizes.pieces
    let perPicture = blocks.count * groups
    return weight(part).withSharedNumbers { weight in
      signal.withSharedNumbers { signal in
        Tensor(shape: input.shape, parts: sizes.batch * perPicture, workers: workers) { task, target in
          let picture = task / perPicture
          let group = task % perPicture / blocks.count
          let channels = blocks[task % blocks.count]
          let result =
            target.start
            + (picture * sizes.inputs + group * sizes.inputsPerGroup + channels.lowerBound) * sizes.inputPixels
          result.initialize(repeating: 0, count: channels.count * sizes.inputPixels)
          let output = group * sizes.outputsPerGroup
          let inner = channels.count * sizes.taps
          let kernel = BLAS.Panel(
            weight.start + output * sizes.inner + channels.lowerBound * sizes.taps, stride: sizes.inner,
            isTransposed: true)
          withUnsafeTemporaryAllocation(
            of: Float.self, capacity: inner * (pieces.first?.count ?? 0) * sizes.outputWidth
          ) {
            guard let columns = $0.baseAddress else { return }
            for rows in pieces {
              let pixels = rows.count * sizes.outputWidth
              let source =
                signal.start + (picture * sizes.outputs + output) * sizes.outputPixels
                + rows.lowerBound * sizes.outputWidth
              BLAS.multiply(
                kernel, BLAS.Panel(source, stride: sizes.outputPixels),
                BLAS.Shape(rows: inner, inner: sizes.outputsPerGroup, columns: pixels), into: columns, stride: pixels)
              sizes.addUnrolled(columns, channels: channels.count, rows, to: result)
            }
          }
        }
      }
    }
  }

  /// For W the sum over pictures and pieces of signal · windowsᵀ, for b the sum of the signal.
  public func gradients(_ signal: Tensor, inputs: [Tensor]) -> [Tensor] {
    let sizes = geometry(inputs[0])
    let ofWeight = inputs[0].withSharedNumbers { input in
      signal.withSharedNumbers { signal in
        Tensor(shape: weight.shape) { buffer in
          buffer.initialize(repeating: 0)
          let target = SharedBuffer(buffer)
          withUnsafeTemporaryAllocation(
            of: Float.self, capacity: sizes.inner * (sizes.pieces.first?.count ?? 0) * sizes.outputWidth
          ) {
            guard let columns = $0.baseAddress else { return }
            for place in 0..<sizes.batch * groups {
              let (picture, group) = (place / groups, place % groups)
              let source = input.start + (picture * sizes.inputs + group * sizes.inputsPerGroup) * sizes.inputPixels
              let first = group * sizes.outputsPerGroup
              for rows in sizes.pieces {
                let pixels = rows.count * sizes.outputWidth
                sizes.unroll(source, rows, into: columns)
                BLAS.multiply(
                  BLAS.Panel(
                    signal.start + (picture * sizes.outputs + first) * sizes.outputPixels
                      + rows.lowerBound * sizes.outputWidth, stride: sizes.outputPixels),
                  BLAS.Panel(columns, stride: pixels, isTransposed: true),
                  BLAS.Shape(rows: sizes.outputsPerGroup, inner: pixels, columns: sizes.inner), adding: true,
                  into: target.start + first * sizes.inner, stride: sizes.inner)
              }
            }
          }
        }
      }
    }
    let ofBias = Tensor(shape: bias.shape) { result in
      result.initialize(repeating: 0)
      signal.elements.withUnsafeBufferPointer { signal in
        for plane in 0..<sizes.batch * sizes.outputs {
          var sum: Float = 0
          for pixel in plane * sizes.outputPixels..<(plane + 1) * sizes.outputPixels { sum += signal[pixel] }
          result[plane % sizes.outputs] += sum
        }
      }
    }
    return [ofWeight, ofBias]
  }
}
