import Testing

@testable import DataFrames

@Suite struct HistogramTests {
  @Test func intervalsOfEqualWidth() throws {
    // Widths of 2.5: [0, 2.5) has 0, 1 and 2.4; the last one has 10 too.
    let histogram = try #require(Histogram([0, 1, 2.4, 2.5, 9, 10], limit: 4))
    #expect(histogram == (try #require(Histogram([10, 9, 2.5, .nan, 2.4, 1, 0, .infinity], limit: 4))))
    #expect(histogram.lower == 0 && histogram.upper == 10 && histogram.counts == [3, 1, 0, 2])
  }

  @Test func wholeNumbersHaveAnIntervalEach() throws {
    #expect(try #require(Histogram([3, 1, 1, 4, 3], limit: 10)).counts == [2, 0, 2, 1])
    #expect(try #require(Histogram([-1, 0, 1], limit: 3)).counts == [1, 1, 1])
  }

  @Test func extremes() throws {
    #expect(Histogram([.nan, .infinity], limit: 3) == nil)
    #expect(try #require(Histogram([7, 7], limit: 5)).counts == [2])
    let largest = Double.greatestFiniteMagnitude
    #expect(try #require(Histogram([-largest, 0, largest], limit: 2)).counts == [1, 2])
    #expect(try #require(Histogram([0, .leastNonzeroMagnitude], limit: 2)).counts.reduce(0, +) == 2)
  }
}
