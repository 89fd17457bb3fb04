import Tensors
import Testing

@testable import Networks

@Suite struct PackedKernelTests {
  private static func numbers(_ kernel: PackedKernel) -> [Float] {
    kernel.withPanels { Array(UnsafeBufferPointer(start: $0.start, count: $0.count)) }
  }

  /// Ten outputs in two groups: each group's five fill one panel of eight.
  @Test(arguments: WeightPart.allCases) func panelsHoldEightOutputsSideBySide(part: WeightPart) {
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let (groups, rows, channels, taps) = (2, 5, 3, 4)
    let weight = RandomNetworks.tensor([groups * rows, channels, 2, 2], using: &generator)
    let kernel = PackedKernel(weight, groups: groups, part: part, workers: Workers(count: 2))
    let numbers = Self.numbers(kernel)
    #expect(kernel.blocks == 1 && kernel.rows == rows && kernel.inner == channels * taps)
    #expect(numbers.count == groups * kernel.inner * 8)
    for group in 0..<groups {
      for place in 0..<kernel.inner {
        for row in 0..<8 {
          let expected = row < rows ? part.of(weight.elements[(group * rows + row) * kernel.inner + place]) : 0
          #expect(numbers[(group * kernel.inner + place) * 8 + row] == expected)
        }
      }
    }
  }

  /// Inputs and outputs change places, and the last tap comes first.
  @Test func theWayBackIsTurnedAround() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    let (groups, outputs, inputs, taps) = (2, 3, 9, 6)
    let weight = RandomNetworks.tensor([groups * outputs, inputs, 2, 3], using: &generator)
    let kernel = PackedKernel(transposed: weight, groups: groups, part: .all, workers: .one)
    let numbers = Self.numbers(kernel)
    #expect(kernel.blocks == 2 && kernel.rows == inputs && kernel.inner == outputs * taps)
    for group in 0..<groups {
      for input in 0..<16 {
        for output in 0..<outputs {
          for tap in 0..<taps {
            let place = (group * 2 + input / 8) * kernel.inner + output * taps + tap
            let expected =
              input < inputs
              ? weight.elements[((group * outputs + output) * inputs + input) * taps + taps - 1 - tap] : 0
            #expect(numbers[place * 8 + input % 8] == expected)
          }
        }
      }
    }
  }
}
