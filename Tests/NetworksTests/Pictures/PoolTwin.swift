import Tensors

@testable import Networks

/// The values under each place of a window, channel by channel, in reading order, with nil outside the picture but
/// within the padding given; what lies beyond that is left out.
func literalWindows(_ window: Window, _ x: [Double], _ input: [Int], _ output: [Int]) -> [[Double?]] {
  var result: [[Double?]] = []
  for plane in 0..<input[0] * input[1] {
    for v in 0..<output[2] {
      for u in 0..<output[3] {
        var values: [Double?] = []
        for i in 0..<window.size[0] {
          for j in 0..<window.size[1] {
            let row = v * window.step[0] + i * window.dilation[0] - window.padding[0]
            let column = u * window.step[1] + j * window.dilation[1] - window.padding[1]
            if row >= input[2] + window.padding[2] || column >= input[3] + window.padding[3] { continue }
            let isInside = 0..<input[2] ~= row && 0..<input[3] ~= column
            values.append(isInside ? x[(plane * input[2] + row) * input[3] + column] : nil)
          }
        }
        result.append(values)
      }
    }
  }
  return result
}

extension Window {
  /// A random window for pools, whose padding is less than its size.
  static func random(using generator: inout SeededGenerator) -> Window {
    let size = [generator.pick(1...3), generator.pick(1...3)]
    return Window(
      size: size, step: [generator.pick(1...3), generator.pick(1...3)],
      padding: (0..<4).map { generator.pick(0...(size[$0 % 2] - 1) / 2) }, roundsUp: generator.pick(0...1) == 1)
  }
}
