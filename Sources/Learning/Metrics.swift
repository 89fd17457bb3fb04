import RealModule
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
    switch target {
    case .classes(let codes, let names):
      return classification(predictions, codes: codes, classCount: names.count)
    case .values(let values):
      return regression(predictions.elements, values: values)
    }
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

  /// accuracy: share of rows whose most probable class is right. balancedAccuracy: mean over the classes present of
  /// the share of their rows that are right. logLoss: −mean ln p(true class), p no smaller than Double's epsilon.
  /// auc: area under the ROC curve; for more than two classes the mean of one class against the rest over the classes
  /// that have both.
  private static func classification(_ predictions: Matrix, codes: [Int], classCount: Int) -> [Metric] {
    let predicted = classes(predictions)
    var right = [Double](repeating: 0, count: classCount)
    var present = [Double](repeating: 0, count: classCount)
    var loss = 0.0
    for (row, code) in codes.enumerated() {
      present[code] += 1
      if predicted[row] == code { right[code] += 1 }
      loss -= Double.log(max(predictions[row, code], .ulpOfOne))
    }
    let count = Double(codes.count)
    let recalls = (0..<classCount).filter { present[$0] > 0 }.map { right[$0] / present[$0] }
    let scored = classCount == 2 ? 1..<2 : 0..<classCount
    let areas = scored.map { positive in
      areaUnderCurve(
        scores: (0..<codes.count).map { predictions[$0, positive] }, positive: codes.map { $0 == positive })
    }.filter { !$0.isNaN }
    return [
      Metric(name: "accuracy", value: right.reduce(0, +) / count),
      Metric(name: "balancedAccuracy", value: recalls.reduce(0, +) / Double(recalls.count)),
      Metric(name: "logLoss", value: loss / count),
      Metric(name: "auc", value: areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)),
    ]
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

  /// r2: 1 − Σ(y − ŷ)² / Σ(y − ȳ)², NaN where all y are equal. rmse: √mean (y − ŷ)². mae: mean |y − ŷ|.
  private static func regression(_ predictions: [Double], values: [Double]) -> [Metric] {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    // Not told by the sum of squares, which rounding of the mean keeps from being 0.
    let isConstant = values.allSatisfy { $0 == values[0] }
    var squares = 0.0
    var absolutes = 0.0
    var total = 0.0
    for (value, prediction) in zip(values, predictions) {
      squares += (value - prediction) * (value - prediction)
      absolutes += (value - prediction).magnitude
      total += (value - mean) * (value - mean)
    }
    return [
      Metric(name: "r2", value: isConstant ? .nan : 1 - squares / total),
      Metric(name: "rmse", value: (squares / count).squareRoot()),
      Metric(name: "mae", value: absolutes / count),
    ]
  }
}
