import Testing

@testable import Reproduction

@Suite struct PairedDifferenceTests {
  @Test func meanAndErrorByHand() {
    // Differences 1, 2, 3: mean 2, deviation 1, error 1 / √3, and 2 > 2 / √3.
    let difference = PairedDifference([(2, 1), (4, 2), (3, 0)])
    #expect(difference.count == 3 && difference.mean == 2)
    #expect((difference.standardError - 1 / 3.0.squareRoot()).magnitude < 1e-15)
    #expect(difference.isPositive == true)
    #expect(PairedDifference([(1, 2), (2, 4), (0, 3)]).isPositive == false)
  }

  @Test func whatIsNotSureIsNotTold() {
    #expect(PairedDifference([(1, 0), (0, 1)]).isPositive == nil)
    #expect(PairedDifference([(5, 0)]).isPositive == nil)
    #expect(PairedDifference([]).isPositive == nil && PairedDifference([]).mean.isNaN)
    #expect(PairedDifference([(.nan, 1), (2, 1), (3, 2)]).count == 2)
  }
}
