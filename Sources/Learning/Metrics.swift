public import Tensors

/// One figure of how well predictions agree with the truth.
public struct Metric: Sendable, Equatable {
  /// The figure's name: `accuracy`, `balancedAccuracy`, `logLoss`, `auc`, `r2`, `rmse` or `mae`.
  public let name: String
  /// Its value, NaN where the rows do not define it.
  public let value: Double

  /// A figure of the given name.
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Measures predictions against known targets.
public enum Metrics {
  /// The figures for `predictions`, `[n, outputs]`, against n known targets; empty where there is no row.
  public static func of(_ predictions: Matrix, target: Target) -> [Metric] {
    if target.count == 0 { return [] }
    return Score.scores(of: target).map { Metric(name: $0.rawValue, value: $0.value(predictions, target)) }
  }

  /// The class of each row: the column of the highest probability, the lowest index among equals.
  public static func classes(_ predictions: Matrix) -> [Int] {
    (0..<predictions.rows).map { row in
      var best = 0
      for column in 1..<max(1, predictions.columns) where predictions[row, column] > predictions[row, best] {
        best = column
      }
      return best
    }
  }

  /// The chance that a positive row scores above a negative one, ties counting half (the Mann-Whitney statistic);
  /// NaN where one of the two has no row.
  /// - Complexity: O(n log n)
  static func areaUnderCurve(scores: [Double], positive: [Bool]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let sharedRank = Double(start + end + 1) / 2
      for place in start..<end where positive[order[place]] { rankSum += sharedRank }
      start = end
    }
    let positives = Double(positive.count { $0 })
    let negatives = Double(scores.count) - positives
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
  }
}
