import Testing

@testable import Presentation

@Suite struct NumberTextTests {
  @Test func significantDigits() {
    #expect(NumberText.significant(0.123456, 3) == "0.123")
    #expect(NumberText.significant(123_456, 3) == "123000")
    #expect(NumberText.significant(-2.999_96, 4) == "-3")
    #expect(NumberText.significant(1e-9, 2) == "1e-09")
    #expect(NumberText.significant(0, 3) == "0")
    #expect(NumberText.significant(.nan, 3) == "undefined")
    #expect(NumberText.significant(.leastNonzeroMagnitude, 3) == "5e-324")
    #expect(NumberText.significant(1.797e308, 3) == "1.797e+308")
    #expect(NumberText.significant(1.234e-30, 3) == "1.23e-30")
  }

  @Test func fixedDecimals() {
    #expect(NumberText.fixed(0.1, decimals: 3) == "0.100")
    #expect(NumberText.fixed(-2, decimals: 2) == "-2.00")
    #expect(NumberText.fixed(2, decimals: 0) == "2")
    #expect(NumberText.fixed(0, decimals: 2) == "0.00")
    // Not zero, so it never reads as zero.
    #expect(NumberText.fixed(0.000_123_4, decimals: 2) == "0.000123")
    #expect(NumberText.fixed(-1e-12, decimals: 3) == "-1e-12")
  }

  @Test func decimalsThatADigitCountNeeds() {
    #expect(NumberText.decimals(of: 0.171, digits: 3) == 3)
    #expect(NumberText.decimals(of: 0.0171, digits: 3) == 4)
    #expect(NumberText.decimals(of: 25.2, digits: 3) == 1)
    #expect(NumberText.decimals(of: 25_200, digits: 3) == 0)
  }

  @Test func exactNumbersReadBack() {
    for value in [0.1, 1e22, -3, 2.5e-8, 123_456_789.123] {
      #expect(Double(NumberText.exact(value)) == value)
    }
    #expect(NumberText.exact(5) == "5")
  }

  @Test func percents() {
    #expect(NumberText.percent(0.4711) == "47 %")
    #expect(NumberText.percent(0.0012) == "0.1 %")
  }
}
