import Foundation
import Tensors
import Testing

@testable import Learning

@Suite struct BootstrapIntervalTests {
  private static func classes(_ right: [Bool]) -> (Matrix, Target) {
    let rows = right.map { $0 ? [0.2, 0.8] : [0.8, 0.2] }.flatMap { $0 }
    return (
      Matrix(rows: right.count, columns: 2, elements: rows),
      .classes([Int](repeating: 1, count: right.count), names: ["a", "b"])
    )
  }

  /// The accuracy of n rows drawn again, k of them right, has the binomial law of n and k / n: its quantiles, from
  /// SciPy's binom.ppf, are 37 and 50 for n = 60, k = 44.
  @Test func accuracyHasTheBinomialQuantiles() throws {
    let (predictions, target) = Self.classes((0..<60).map { $0 < 44 })
    let interval = try #require(
      BootstrapInterval.of(predictions, target: target, repeats: 4000, seed: 3, workers: .one).first)
    #expect(interval.metric == Metric(name: "accuracy", value: 44.0 / 60))
    // 4,000 draws put the quantiles within one row of those.
    #expect(abs(interval.lower * 60 - 37) <= 1.01)
    #expect(abs(interval.upper * 60 - 50) <= 1.01)
  }

  @Test func theSameForAnyNumberOfThreads() {
    let (predictions, target) = Self.classes((0..<40).map { $0 % 3 > 0 })
    let one = BootstrapInterval.of(predictions, target: target, repeats: 100, seed: 1, workers: .one)
    let three = BootstrapInterval.of(predictions, target: target, repeats: 100, seed: 1, workers: Workers(count: 3))
    // The area under the curve of one class is no number, and no number equals itself.
    #expect(one.map(\.lower.bitPattern) == three.map(\.lower.bitPattern))
    #expect(one.map(\.upper.bitPattern) == three.map(\.upper.bitPattern))
  }

  @Test func whatIsNotDefinedHasNoInterval() throws {
    let (predictions, target) = Self.classes((0..<40).map { $0 % 3 > 0 })
    let intervals = BootstrapInterval.of(predictions, target: target, repeats: 50, seed: 1, workers: .one)
    let auc = try #require(intervals.first { $0.metric.name == Score.auc.name })
    #expect(auc.lower.isNaN && auc.upper.isNaN)
    let (few, fewTarget) = Self.classes([true, false, true])
    #expect(BootstrapInterval.of(few, target: fewTarget, repeats: 50, seed: 1, workers: .one)[0].lower.isNaN)
  }

  /// 95 % intervals of the mean absolute error hold the true one, E|e| = √(2/π) for normal errors, in about 95 of 100
  /// samples.
  @Test func intervalsHoldTheTruthAsOftenAsTheySay() {
    var generator = SeededGenerator(seed: 5, purpose: .test)
    func normal() -> Double {
      (-2 * log(generator.uniform())).squareRoot() * cos(2 * .pi * generator.uniform())
    }
    let held = (0..<100).count { turn in
      let errors = (0..<60).map { _ in normal() }
      let intervals = BootstrapInterval.of(
        Matrix(rows: 60, columns: 1, elements: errors), target: .values([Double](repeating: 0, count: 60)),
        repeats: 200,
        seed: UInt64(turn), workers: .one)
      let interval = intervals.first { $0.metric.name == Score.mae.name }
      let truth = (2 / Double.pi).squareRoot()
      return interval.map { $0.lower <= truth && truth <= $0.upper } ?? false
    }
    // Fewer than 87 of 100 have a chance below 1 in 1,000 at 95 %; the percentile interval is a little too short.
    #expect(held >= 86)
  }

  @Test func quantilesAreLinearBetweenNeighbours() {
    #expect(BootstrapInterval.quantile([1, 2, 4], 0.5) == 2)
    #expect(BootstrapInterval.quantile([1, 2, 4], 0.75) == 3)
    #expect(BootstrapInterval.quantile([7], 0.025) == 7)
  }
}
