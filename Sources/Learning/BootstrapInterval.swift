public import Tensors

/// A figure with the interval in which resampled rows put it.
public struct BootstrapInterval: Sendable, Equatable {
  /// The figure on the rows at hand.
  public let metric: Metric
  /// The lower end; NaN where the interval is not defined.
  public let lower: Double
  /// The upper end; NaN where the interval is not defined.
  public let upper: Double

  /// The fewest rows that are resampled.
  public static let rowMinimum = 10

  /// Percentile intervals of all figures that fit a target (Efron and Tibshirani, *An Introduction to the Bootstrap*,
  /// 1993, chapter 13).
  ///
  /// n rows are drawn from the n rows with replacement, `repeats` times, and each figure is measured on each draw; the
  /// ends are the quantiles (1 ∓ `confidence`)/2 of its values, linear between neighbours as in NumPy. Draws that do
  /// not define a figure, such as those of one class for the area under the curve, are left out; where they are more
  /// than half there is no interval. Below `rowMinimum` rows there is none at all.
  /// - Parameters:
  ///   - predictions: `[n, outputs]`.
  ///   - target: n known targets.
  ///   - repeats: the number of draws, at least 1.
  ///   - confidence: the interval's confidence, between 0 and 1.
  ///   - seed: decides the draws, each of which has random numbers of its own.
  ///   - workers: share the draws.
  /// - Returns: the figures in the order of `Metrics.of`.
  /// - Complexity: O(repeats · n log n)
  public static func of(
    _ predictions: Matrix, target: Target, repeats: Int, confidence: Double = 0.95, seed: UInt64, workers: Workers
  ) -> [BootstrapInterval] {
    precondition(repeats >= 1 && confidence > 0 && confidence < 1, "BootstrapInterval: \(repeats), \(confidence)")
    let metrics = Metrics.of(predictions, target: target)
    guard predictions.rows >= rowMinimum else {
      return metrics.map { BootstrapInterval(metric: $0, lower: .nan, upper: .nan) }
    }
    let draws = workers.map(count: repeats) { draw in
      var generator = SeededGenerator(seed: seed, stream: UInt64(draw), purpose: .resampling)
      let rows = (0..<predictions.rows).map { _ in Int.random(in: 0..<predictions.rows, using: &generator) }
      return Metrics.of(predictions.selectingRows(rows), target: target.selectingRows(rows)).map(\.value)
    }
    return metrics.enumerated().map { place, metric in
      let values = draws.map { $0[place] }.filter { !$0.isNaN }.sorted()
      guard 2 * values.count > repeats else { return BootstrapInterval(metric: metric, lower: .nan, upper: .nan) }
      return BootstrapInterval(
        metric: metric, lower: quantile(values, (1 - confidence) / 2), upper: quantile(values, (1 + confidence) / 2))
    }
  }

  /// The quantile of ascending values, linear between neighbours.
  static func quantile(_ values: [Double], _ share: Double) -> Double {
    let place = Double(values.count - 1) * share
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    return values[low] + (values[high] - values[low]) * (place - Double(low))
  }
}
