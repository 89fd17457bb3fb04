import Foundation
import Testing

@testable import Reports

@Suite struct AxisTicksTests {
  /// 0.4 over at most 7 marks is 0.057 a step: 0.1 is the next round one.
  @Test func stepsAreRound() {
    let ticks = AxisTicks(from: -0.15, to: 0.25, scale: 1).ticks
    #expect(ticks.map(\.label) == ["−0.1", "0", "0.1", "0.2"])
    #expect(ticks.map(\.position) == [-0.1, 0, 0.1, 0.2])
  }

  @Test(arguments: [
    (Double(1), ["−1.0", "−0.5", "0", "0.5", "1.0"]), (1e-9, ["−1e-9", "−5e-10", "0", "5e-10", "1e-9"]),
    (1e-2, ["−0.010", "−0.005", "0", "0.005", "0.010"]), (1e6, ["−1000000", "−500000", "0", "500000", "1000000"]),
    (1e12, ["−1e12", "−5e11", "0", "5e11", "1e12"]), (.leastNonzeroMagnitude, ["0"]),
  ])
  func numbersAreExactInAnyUnit(scale: Double, labels: [String]) {
    #expect(AxisTicks(from: -1.01, to: 1.01, scale: scale).ticks.map(\.label) == labels)
  }

  /// Over 2,000 axes from 1e-290 to 1e290: at least two marks, never more than the limit, all on the axis, zero among
  /// them, and each label read as a number is the place where it stands.
  @Test func labelsReadBackToTheirPlaces() {
    for index in 0..<2_000 {
      let lower = -Double(index % 41) / 40
      let upper = Double(index % 37 + 1) / 37
      let scale = pow(10, Double(index % 581) - 290) * (1 + Double(index % 7))
      let ticks = AxisTicks(from: lower, to: upper, scale: scale).ticks
      #expect((2...7).contains(ticks.count), "axis \(index)")
      #expect(ticks.contains(AxisTicks.Tick(position: 0, label: "0")), "axis \(index)")
      for tick in ticks {
        let number = Double(tick.label.replacingOccurrences(of: "−", with: "-")) ?? .nan
        #expect(abs(number / scale - tick.position) <= 1e-12 * abs(tick.position), "axis \(index): \(tick.label)")
        #expect(tick.position >= lower && tick.position <= upper, "axis \(index)")
        #expect((number == 0) == (tick.position == 0), "axis \(index)")
      }
    }
  }
}
