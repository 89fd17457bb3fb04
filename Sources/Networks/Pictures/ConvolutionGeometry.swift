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

  /// The output's channels in one block, or in two where the pieces alone are too few to share.
  var channelBlocks: [Range<Int>] {
    let count = outputsPerGroup
    if count < 32 || pieces.count * groups >= 4 { return [0..<count] }
    let half = (count / 2 + 15) / 16 * 16
    return [0..<half, half..<count]
  }

  /// A group's input channels in blocks whose columns stay in the cache, and two at least.
  var inputBlocks: [Range<Int>] {
    let most = max(1, min(512 / taps, (inputsPerGroup + 1) / 2))
    return stride(from: 0, to: inputsPerGroup, by: most).map { $0..<min($0 + most, inputsPerGroup) }
  }

  /// An element of the window: its number, and the place that it has in the picture where the window is at its first place.
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
