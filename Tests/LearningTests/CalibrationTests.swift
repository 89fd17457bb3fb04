import Testing

@testable import Learning

@Suite struct CalibrationTests {
  @Test func curvesAreThoseOfScikitLearn() throws {
    for curve in try EvaluationReferences.read().curves {
      let own = Calibration(curve.probabilities, outcomes: curve.outcomes, limit: curve.bins)
      #expect(own.bins.count == curve.observed.count)
      #expect(zip(own.bins, curve.observed).allSatisfy { abs($0.observed - $1) < 1e-12 })
      #expect(zip(own.bins, curve.predicted).allSatisfy { abs($0.predicted - $1) < 1e-12 })
      #expect(own.bins.reduce(0) { $0 + $1.count } == curve.probabilities.count)
    }
  }

  @Test func intervalsAreThoseOfStatsmodels() throws {
    for item in try EvaluationReferences.read().wilson {
      let (lower, upper) = Calibration.wilson(item.events, of: item.count)
      #expect(abs(lower - item.interval[0]) < 1e-9 && abs(upper - item.interval[1]) < 1e-9)
    }
  }

  /// Groups 0.1, 0.2 (one of two) and 0.8, 0.9 (both): |0.5 − 0.15| and |1 − 0.85|, each of half the rows.
  @Test func errorIsTheMeanDistance() {
    let curve = Calibration([0.1, 0.9, 0.2, 0.8], outcomes: [false, true, true, true], limit: 2)
    #expect(curve.bins.map(\.observed) == [0.5, 1])
    #expect(abs(curve.error - 0.25) < 1e-12)
  }

  @Test func oneGroupOfOneRow() {
    let curve = Calibration([0.3], outcomes: [true], limit: 10)
    #expect(curve.bins.count == 1 && curve.bins[0].observed == 1 && abs(curve.error - 0.7) < 1e-12)
  }
}
