import Tensors
import Testing

@testable import Surrogates

@Suite struct ColumnBinsTests {
  @Test func binsByHand() {
    // Values 1 2 2 5 9 and a missing cell, cuts 2 and 6: {1, 2, 2}, {5}, {9}, {missing}.
    let bins = ColumnBins(numbers: [1, 2, 2, 5, 9, .nan], cuts: [2, 6])
    #expect(bins.counts == [3, 1, 1, 1])
    #expect([1, 2, 2.0001, 6, 6.1, 99].map { bins.bin(of: $0) } == [0, 0, 1, 1, 2, 2])
    #expect(bins.bin(of: .nan) == 3)
    // Mean 5/3, population deviation sqrt(2/9), within the least value 1 and the cut 2.
    guard case .truncatedNormal(let mean, let deviation, 1, 2) = bins.laws[0] else {
      Issue.record("\(bins.laws[0])")
      return
    }
    #expect(abs(mean - 5.0 / 3) < 1e-15 && abs(deviation - (2.0 / 9).squareRoot()) < 1e-15)
    #expect(bins.laws[1] == .point(5) && bins.laws[2] == .point(9))
    #expect(bins.condition(bin: 0) == .isBetween(lower: nil, upper: 2))
    #expect(bins.condition(bin: 1) == .isBetween(lower: 2, upper: 6))
    #expect(bins.condition(bin: 2) == .isBetween(lower: 6, upper: nil))
    #expect(bins.condition(bin: 3) == .isMissing)
  }

  @Test func aRepeatedValueIsDrawnAsItself() {
    // lime draws 0 from a bin whose bounds are equal, and from a constant column; here the value itself comes out.
    let repeated = ColumnBins(numbers: [5, 5, 5, 7, 8, 9], cuts: [5, 6, 7.75])
    #expect(repeated.laws[0] == .point(5))
    let constant = ColumnBins(numbers: [7, 7, 7], cuts: [7])
    #expect(constant.laws[0] == .point(7) && constant.counts == [3, 0, 0])
  }

  @Test func categoriesAndMissing() {
    let bins = ColumnBins(categories: [0, 2, 2, .nan], levelCount: 3)
    #expect(bins.counts == [1, 0, 2, 1])
    #expect(bins.shares(explaining: 2) == [0.25, 0, 0.5, 0.25])
    #expect(bins.shares(explaining: 1) == [0.2, 0.2, 0.4, 0.2])
    #expect(bins.condition(bin: 1) == .isCategory(1) && bins.condition(bin: 3) == .isMissing)
  }

  @Test func noValues() {
    let bins = ColumnBins(numbers: [.nan, .nan], cuts: [])
    #expect(bins.counts == [0, 2])
    #expect(bins.bin(of: .nan) == 1)
    #expect(bins.laws == [.point(0)])
  }

  @Test func cumulativeOfATruncatedNormal() {
    // Standard normal between -1 and 1: at 0 one half; at 0.5 (Φ(0.5) - Φ(-1)) / (Φ(1) - Φ(-1)) by tables:
    // (0.6914624613 - 0.1586552539) / 0.6826894921 = 0.7804532...
    let law = BinLaw.truncatedNormal(mean: 0, deviation: 1, lower: -1, upper: 1)
    #expect(abs(law.cumulative(0) - 0.5) < 1e-15)
    #expect(abs(law.cumulative(0.5) - 0.780_453_28) < 1e-7)
    #expect(law.cumulative(-1) == 0 && law.cumulative(1) == 1 && law.cumulative(.infinity) == 1)
    // Values are compared as Floats, as the trees do: 0.1 and the Float next to it are one.
    #expect(BinLaw.point(0.1).cumulative(Float(0.1)) == 1)
    #expect(BinLaw.point(0.1).cumulative(Float(0.1).nextDown) == 0)
  }
}
