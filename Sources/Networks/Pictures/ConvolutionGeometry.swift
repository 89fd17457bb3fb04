/// The sizes of a convolution of given pictures, how its work is cut, and how windows are unrolled into columns.
struct ConvolutionGeometry: Sendable {
  let window: Window
  let groups: Int
  let batch: Int
  let inputs: Int
  let outputs: Int
  let inputHeight: Int
  let inputWidth: Int
  let outputHeight: Int
  let outputWidth: Int

  init(window: Window, groups: Int, weight: [Int], input: [Int], output: [Int]) {
    self.window = window
    self.groups = groups
    batch = input[0]
    inputs = input[1]
    outputs = output[1]
    (inputHeight, inputWidth) = (input[2], input[3])
    (outputHeight, outputWidth) = (output[2], output[3])
  }

  private init(_ window: Window, _ groups: Int, batch: Int, inputs: [Int], outputs: [Int]) {
    self.window = window
    self.groups = groups
    self.batch = batch
    (self.inputs, inputHeight, inputWidth) = (inputs[0], inputs[1], inputs[2])
    (self.outputs, outputHeight, outputWidth) = (outputs[0], outputs[1], outputs[2])
  }

  /// The same of pictures whose pixels stand in one row, for a window that is a point.
  var inOneRow: ConvolutionGeometry {
    ConvolutionGeometry(
      window, groups, batch: batch, inputs: [inputs, 1, inputPixels], outputs: [outputs, 1, outputPixels])
  }

  /// The convolution of the way back, which takes the output's signal to the input with the weights turned around; nil
  /// where the window skips places or has too wide a padding for that.
  var turnedAround: ConvolutionGeometry? {
    guard window.step == [1, 1] else { return nil }
    let padding = (0..<4).map { window.dilation[$0 % 2] * (window.size[$0 % 2] - 1) - window.padding[$0] }
    guard padding.allSatisfy({ $0 >= 0 }) else { return nil }
    return ConvolutionGeometry(
      Window(size: window.size, padding: padding, dilation: window.dilation), groups, batch: batch,
      inputs: [outputs, outputHeight, outputWidth], outputs: [inputs, inputHeight, inputWidth])
  }

  var inputsPerGroup: Int { inputs / groups }
  var outputsPerGroup: Int { outputs / groups }
  var inputPixels: Int { inputHeight * inputWidth }
  var outputPixels: Int { outputHeight * outputWidth }
  var outputShape: [Int] { [batch, outputs, outputHeight, outputWidth] }
  /// The elements of a window in one channel.
  var taps: Int { window.size[0] * window.size[1] }
  /// The elements of a window.
  var inner: Int { inputsPerGroup * taps }
  /// Whether each group is of one input channel.
  var isDepthwise: Bool { inputsPerGroup == 1 && groups > 1 }

  /// The output's rows in pieces of about 256 pixels: fewer make slow products, more leave the cache.
  var pieces: [Range<Int>] {
    let most = max(1, 256 / outputWidth)
    let count = (outputHeight + most - 1) / most
    // Pieces of nearly equal size, the first ones the larger.
    return (0..<count).map { index in
      let (size, rest) = (outputHeight / count, outputHeight % count)
      let start = index * size + min(index, rest)
      return start..<start + size + (index < rest ? 1 : 0)
    }
  }

  /// A group's input channels in blocks whose columns stay in the cache, and two at least.
  var inputBlocks: [Range<Int>] {
    let most = max(1, min(512 / taps, (inputsPerGroup + 1) / 2))
    return stride(from: 0, to: inputsPerGroup, by: most).map { $0..<min($0 + most, inputsPerGroup) }
  }

  /// An element of the window: its number, and the place that it has in the picture where the window is at its first
  /// place.
  struct Tap {
    let index: Int
    let row: Int
    let column: Int
  }

  /// Calls `body` for each element of the window, with the rows and columns of the output for which it lies in the
  /// picture.
  @inline(__always)
  func forEachTap(_ body: (_ tap: Tap, _ rows: Range<Int>, _ columns: Range<Int>) -> Void) {
    for vertical in 0..<window.size[0] {
      let rows = window.inside(axis: 0, element: vertical, length: inputHeight, count: outputHeight)
      for horizontal in 0..<window.size[1] {
        let columns = window.inside(axis: 1, element: horizontal, length: inputWidth, count: outputWidth)
        body(
          Tap(
            index: vertical * window.size[1] + horizontal, row: vertical * window.dilation[0] - window.padding[0],
            column: horizontal * window.dilation[1] - window.padding[1]), rows, columns)
      }
    }
  }

  /// Unrolls the windows of some rows of the output: `columns` becomes [inner, pixels], a row for each of the window's
  /// elements, 0 outside the picture.
  func unroll(_ source: UnsafePointer<Float>, _ rows: Range<Int>, into columns: UnsafeMutablePointer<Float>) {
    let pixels = rows.count * outputWidth
    let (verticalStep, step) = (window.step[0], window.step[1])
    forEachTap { tap, valid, inside in
      let present = rows.clamped(to: valid)
      for channel in 0..<inputsPerGroup {
        let target = columns + (channel * taps + tap.index) * pixels
        if present.count < rows.count || inside.count < outputWidth { target.initialize(repeating: 0, count: pixels) }
        let plane = source + channel * inputPixels
        for row in present {
          let to = target + (row - rows.lowerBound) * outputWidth
          let from = plane + (row * verticalStep + tap.row) * inputWidth + tap.column
          if step == 1 {
            (to + inside.lowerBound).update(from: from + inside.lowerBound, count: inside.count)
          } else {
            for column in inside { to[column] = from[column * step] }
          }
        }
      }
    }
  }

  /// Adds unrolled windows of some rows, [channels · taps, pixels], to the picture, where their elements lie.
  func addUnrolled(
    _ columns: UnsafePointer<Float>, channels: Int, _ rows: Range<Int>, to target: UnsafeMutablePointer<Float>
  ) {
    let pixels = rows.count * outputWidth
    let (verticalStep, step) = (window.step[0], window.step[1])
    for channel in 0..<channels {
      let plane = target + channel * inputPixels
      forEachTap { tap, valid, inside in
        let source = columns + (channel * taps + tap.index) * pixels
        for row in rows.clamped(to: valid) {
          let from = source + (row - rows.lowerBound) * outputWidth
          let to = plane + (row * verticalStep + tap.row) * inputWidth + tap.column
          if step == 1 {
            for column in inside { to[column] += from[column] }
          } else {
            for column in inside { to[column * step] += from[column] }
          }
        }
      }
    }
  }
}
