import Tensors
import Testing

@testable import Networks

@Suite struct WinogradKernelTests {
  /// The element in the corners of G g Gᵀ is that of g itself: panels hold eight outputs of each channel side by side,
  /// the way back has inputs and outputs exchanged and the window turned around.
  @Test(arguments: [false, true]) func panelsHoldEightOutputsSideBySide(isTurned: Bool) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let (groups, outputs, inputs) = (2, 10, 3)
    let weight = RandomNetworks.tensor([groups * outputs, inputs, 3, 3], using: &generator)
    let kernel =
      isTurned
      ? WinogradKernel(transposed: weight, groups: groups, workers: .one)
      : WinogradKernel(weight, groups: groups, workers: Workers(count: 2))
    let (rows, channels) = isTurned ? (inputs, outputs) : (outputs, inputs)
    #expect(kernel.rows == rows && kernel.inner == channels && kernel.blocks == (rows + 7) / 8)
    kernel.withPanels { panels in
      for group in 0..<groups {
        for (element, tap) in [(0, 0), (3, 2), (12, 6), (15, 8)] {
          for row in 0..<kernel.blocks * 8 {
            let panel = panels.panel(group: group, element: element, block: row / 8)
            for channel in 0..<channels {
              let (output, input) = isTurned ? (channel, row) : (row, channel)
              let place = ((group * outputs + output) * inputs + input) * 9 + (isTurned ? 8 - tap : tap)
              #expect(panel[channel * 8 + row % 8] == (row < rows ? weight.elements[place] : 0))
            }
          }
        }
      }
    }
  }
}
