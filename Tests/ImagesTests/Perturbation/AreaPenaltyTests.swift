import Tensors
import Testing

@testable import Images

@Suite struct AreaPenaltyTests {
  /// Sorts, as the paper writes it.
  private static func literal(_ mask: [Float], area: Double) -> (penalty: Double, gradient: [Float]) {
    let order = mask.indices.sorted { (mask[$0], $0) < (mask[$1], $1) }
    let zeros = Int(Double(mask.count) * (1 - area))
    var (sum, gradient) = (0.0, [Float](repeating: 0, count: mask.count))
    for (rank, index) in order.enumerated() {
      let difference = Double(mask[index]) - (rank < zeros ? 0 : 1)
      sum += difference * difference
      gradient[index] = Float(2 * difference / Double(mask.count))
    }
    return (sum / Double(mask.count), gradient)
  }

  private static func fast(_ mask: [Float], area: Double) -> (penalty: Double, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: mask.count)
    let penalty = mask.withUnsafeBufferPointer { mask in
      gradient.withUnsafeMutableBufferPointer { gradient in
        gradient.baseAddress.map { AreaPenalty.penalty(mask, area: area, factor: 1, gradient: $0) }
      }
    }
    return (penalty ?? .nan, gradient)
  }

  /// Values with many equal ones, zeros among them.
  @Test func countingIsSorting() {
    var generator = SeededGenerator(seed: 1, purpose: .test)
    for round in 0..<200 {
      let mask = (0..<(1 + round)).map { _ in
        round % 2 == 0 ? Float(generator.uniform()) : Float(generator.next() % 5) / 4
      }
      let area = round % 10 == 0 ? 1 : generator.uniform()
      let (one, other) = (Self.literal(mask, area: area), Self.fast(mask, area: area))
      #expect((one.penalty - other.penalty).magnitude < 1e-12)
      #expect(zip(one.gradient, other.gradient).allSatisfy { ($0 - $1).magnitude <= 1e-6 * $0.magnitude })
    }
  }

  /// Half of four values: the two smallest should be 0, the others 1. (0.01 + 0.04 + 0.09 + 0) / 4.
  @Test func byHand() {
    let (penalty, gradient) = Self.fast([0.7, 0.2, 1, 0.1], area: 0.5)
    #expect((penalty - 0.035).magnitude < 1e-8)
    #expect(zip(gradient, [-0.15, 0.1, 0, 0.05]).allSatisfy { ($0 - $1).magnitude < 1e-7 })
  }
}
