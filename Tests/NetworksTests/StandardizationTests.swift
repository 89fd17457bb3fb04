import Testing

@testable import Networks

@Suite struct StandardizationTests {
  /// Mean 4, squares 9 + 1 + 1 + 9 over 4.
  @Test func byHand() throws {
    let standardization = try #require(Standardization([1, 3, 5, 7]))
    #expect(standardization == Standardization(mean: 4, scale: 5.0.squareRoot()))
    #expect(standardization.standardize(4) == 0)
    #expect(standardization.restore(standardization.standardize(7)) == 7)
  }

  @Test func equalOrNoNumbersHaveNone() {
    #expect(Standardization([]) == nil)
    #expect(Standardization([0.1, 0.1, 0.1]) == nil)
  }

  /// (−1, 1) times any power of two that Double holds.
  @Test(arguments: [1023, 1000, 0, -1000, -1074])
  func numbersOfAnySize(exponent: Int) throws {
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let standardization = try #require(Standardization([-unit, unit]))
    #expect(standardization.mean == 0 && standardization.scale == unit)
  }

  @Test func restoredNumbersAreFinite() {
    let standardization = Standardization(mean: 0, scale: 1e308)
    #expect(standardization.restore(2) == .greatestFiniteMagnitude)
    #expect(standardization.restore(-2) == -.greatestFiniteMagnitude)
  }

  @Test func numbersFarFromZeroKeepTheirDigits() throws {
    let standardization = try #require(Standardization([1e15, 1e15 + 2]))
    #expect(standardization.mean == 1e15 + 1 && standardization.scale == 1)
  }
}
