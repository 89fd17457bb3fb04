import Tensors

/// The products that make a convolution's output: of its packed kernel with the windows of some pixels, unrolled into
/// panels that stay in the cache. Bias and rectifier are the two ends of each sum.
struct ConvolutionProduct: Sendable {
  let sizes: ConvolutionGeometry
  let kernel: PackedKernel
  /// What is added to each output channel, filled up to whole panels for each group; nil for none.
  private let start: [Float]
  let rectifies: Bool

  /// About how many pixels a piece of the work has: five panels.
  private static let pixels = 5 * PanelProduct.columns
  /// About how many elements of a window are unrolled at once.
  private static let depth = 288

  init(_ sizes: ConvolutionGeometry, _ kernel: PackedKernel, bias: Tensor?, rectifies: Bool) {
    self.sizes = sizes.window.isPoint ? sizes.inOneRow : sizes
    self.kernel = kernel
    self.rectifies = rectifies
    var start = [Float](repeating: 0, count: sizes.groups * kernel.blocks * PanelProduct.rows)
    if let bias {
      for (place, number) in bias.elements.enumerated() {
        start[place / kernel.rows * kernel.blocks * PanelProduct.rows + place % kernel.rows] = number
      }
    }
    self.start = start
  }

  /// The output's pixels in pieces of nearly equal size.
  private var pieces: [Range<Int>] {
    PanelProduct.pieces(sizes.outputPixels, about: Self.pixels)
  }

  /// The output for a batch.
  func run(_ input: Tensor, shape: [Int], workers: Workers) -> Tensor {
    let pieces = pieces
    let atOnce = sizes.batch * sizes.groups * pieces.count
    // Where there are few pieces the output's channels are shared as well.
    let shares = min(kernel.blocks, max(1, (4 * workers.count + atOnce - 1) / atOnce))
    let blocks = Workers.ranges(kernel.blocks, size: (kernel.blocks + shares - 1) / shares)
    return input.withSharedNumbers { input in
      kernel.withPanels { panels in
        start.withUnsafeBufferPointer { start in
          let start = SharedNumbers(start)
          return Tensor(shape: shape, parts: atOnce * blocks.count, workers: workers) { task, target in
            let pixels = pieces[task / blocks.count % pieces.count]
            let plane = task / blocks.count / pieces.count
            multiply(
              input.start + plane * sizes.inputsPerGroup * sizes.inputPixels, panels, start, pixels,
              blocks[task % blocks.count], group: plane % sizes.groups,
              into: target.start + plane * sizes.outputsPerGroup * sizes.outputPixels)
          }
        }
      }
    }
  }

  /// The output of some panels of a group's channels at some pixels.
  private func multiply(
    _ source: UnsafePointer<Float>, _ panels: SharedNumbers, _ start: SharedNumbers, _ pixels: Range<Int>,
    _ blocks: Range<Int>, group: Int, into target: UnsafeMutablePointer<Float>
  ) {
    let depth = max(1, Self.depth / sizes.taps)
    let columns = Workers.ranges(pixels.count, size: PanelProduct.columns).map { range in
      PanelColumns(sizes, pixels.lowerBound + range.lowerBound..<pixels.lowerBound + range.upperBound)
    }
    let size = min(depth, sizes.inputsPerGroup) * sizes.taps * PanelProduct.columns
    withUnsafeTemporaryAllocation(byteCount: columns.count * size * MemoryLayout<Float>.size, alignment: 64) { memory in
      let unrolled = memory.assumingMemoryBound(to: Float.self)
      guard let unrolled = unrolled.baseAddress else { return }
      for first in stride(from: 0, to: sizes.inputsPerGroup, by: depth) {
        let channels = first..<min(first + depth, sizes.inputsPerGroup)
        for (place, panel) in columns.enumerated() {
          panel.unroll(source + first * sizes.inputPixels, channels: channels.count, into: unrolled + place * size)
        }
        let isLast = channels.upperBound == sizes.inputsPerGroup
        for block in blocks {
          let number = group * kernel.blocks + block
          let a = panels.start + (number * kernel.inner + first * sizes.taps) * PanelProduct.rows
          let row = block * PanelProduct.rows
          let ends = PanelProduct.Ends(
            start: first == 0 ? start.start + number * PanelProduct.rows : nil, rectifies: rectifies && isLast)
          for (place, panel) in columns.enumerated() {
            PanelProduct.multiply(
              a, unrolled + place * size,
              PanelProduct.Tile(
                inner: channels.count * sizes.taps, width: panel.width,
                rows: min(PanelProduct.rows, kernel.rows - row), columns: panel.pixels.count),
              ends, into: target + row * sizes.outputPixels + panel.pixels.lowerBound, stride: sizes.outputPixels)
          }
        }
      }
    }
  }
}

/// The windows of up to 48 pixels of a convolution's output, as a panel of the right factor of its products.
private struct PanelColumns {
  let sizes: ConvolutionGeometry
  let pixels: Range<Int>

  /// Pixels side by side in one row of the output.
  private struct Run {
    let row: Int
    let columns: Range<Int>
    /// The place of the first in the panel.
    let place: Int
  }

  private let runs: [Run]

  init(_ sizes: ConvolutionGeometry, _ pixels: Range<Int>) {
    self.sizes = sizes
    self.pixels = pixels
    var runs: [Run] = []
    var pixel = pixels.lowerBound
    while pixel < pixels.upperBound {
      let (row, column) = (pixel / sizes.outputWidth, pixel % sizes.outputWidth)
      let count = min(sizes.outputWidth - column, pixels.upperBound - pixel)
      runs.append(Run(row: row, columns: column..<column + count, place: pixel - pixels.lowerBound))
      pixel += count
    }
    self.runs = runs
  }

  /// The panel's columns.
  var width: Int { PanelProduct.width(pixels.count) }

  /// Sets the panel's rows for some channels, of which `source` is the first: each element of the window, 0 outside the
  /// picture.
  func unroll(_ source: UnsafePointer<Float>, channels: Int, into target: UnsafeMutablePointer<Float>) {
    let stride = sizes.taps * width
    if width > pixels.count { target.initialize(repeating: 0, count: channels * stride) }
    let (verticalStep, step) = (sizes.window.step[0], sizes.window.step[1])
    sizes.forEachTap { tap, rows, columns in
      let panel = target + tap.index * width
      for run in runs {
        let inside =
          rows.contains(run.row) ? run.columns.clamped(to: columns) : run.columns.lowerBound..<run.columns.lowerBound
        if inside.count < run.columns.count {
          for channel in 0..<channels {
            (panel + channel * stride + run.place).initialize(repeating: 0, count: run.columns.count)
          }
        }
        if inside.isEmpty { continue }
        PanelProduct.copyRows(
          to: panel + run.place + inside.lowerBound - run.columns.lowerBound, stride: stride,
          from: source + (run.row * verticalStep + tap.row) * sizes.inputWidth + tap.column + inside.lowerBound * step,
          stride: sizes.inputPixels, step: step, rows: channels, count: inside.count)
      }
    }
  }
}
