import Testing

@testable import DataFrames

@Suite struct CellTextTests {
  private func with<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer(body)
  }

  @Test func trimsBlanksAndLineEnds() {
    for (text, trimmed) in [(" a b\t", "a b"), ("\r\n1\n", "1"), ("   ", ""), ("", "")] {
      #expect(with(text) { String(decoding: CellText.trimmed($0), as: UTF8.self) } == trimmed)
    }
  }

  @Test func shortestIntegersAreThoseThatPrintAsTheyStand() {
    for value in [0, 7, -7, 10, 123_456_789_012_345, -999_999_999_999_999] {
      #expect(with("\(value)", CellText.shortestInteger) == Double(value))
    }
    for text in ["", "-", "-0", "00", "01", "+1", "1.0", "1e3", "1234567890123456", "1a", "a1", " 1"] {
      #expect(with(text, CellText.shortestInteger) == nil, "\(text)")
    }
  }

  @Test func groupsAreOfThreeDigits() {
    #expect(with("1,234", CellText.groupedNumber) == 1234)
    #expect(with("-12,345,678.25", CellText.groupedNumber) == -12_345_678.25)
    for text in ["1234", "1,23", ",234", "1234,567", "1,234,", "1,234.5.6", "1,2a4", "0,1234", "--1,234", "0,234"] {
      #expect(with(text, CellText.groupedNumber) == nil, "\(text)")
    }
  }

  @Test func aDecimalCommaStandsForAPoint() {
    #expect(with("1,5", CellText.decimalCommaNumber) == 1.5)
    #expect(with("-0,25e-3", CellText.decimalCommaNumber) == -0.00025)
    #expect(with(",5", CellText.decimalCommaNumber) == 0.5)
    for text in ["1.5", "1,5,6", "1.000,5", ",", "a,b", "00,5", "15"] {
      #expect(with(text, CellText.decimalCommaNumber) == nil, "\(text)")
    }
  }
}
