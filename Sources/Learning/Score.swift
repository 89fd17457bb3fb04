import RealModule
public import Tensors

/// One way to measure predictions against known targets.
public enum Score: String, Sendable, Equatable, CaseIterable {
  /// The share of rows whose most probable class is right.
  case accuracy
  /// The mean over the classes present of the share of their rows that are right.
  case balancedAccuracy
  /// −mean ln p(true class), p no smaller than Double's epsilon.
  case logLoss
  /// The area under the ROC curve; for more than two classes the mean of one class against the rest over the classes that
  /// have both.
  case auc
  /// 1 − Σ(y − ŷ)² / Σ(y − ȳ)², NaN where all y are equal.
  case r2
  /// √mean (y − ŷ)².
  case rmse
  /// mean |y − ŷ|.
  case mae

  /// The ways that fit a target, the usual one first.
  public static func scores(of target: Target) -> [Score] {
    switch target {
    case .classes: [.accuracy, .balancedAccuracy, .logLoss, .auc]
    case .values: [.r2, .rmse, .mae]
    }
  }

  /// Whether a larger value is a better one.
  public var isBetterLarger: Bool {
    switch self {
    case .accuracy, .balancedAccuracy, .auc, .r2: true
    case .logLoss, .rmse, .mae: false
    }
  }

  /// The error that a value stands for, 0 at best: what is missing from 1, or the value itself.
  public func error(_ value: Double) -> Double { isBetterLarger ? 1 - value : value }

  /// Measures predictions.
  /// - Parameters:
  ///   - predictions: `[n, outputs]`, n at least 1.
  ///   - target: n known targets of the kind that the score fits.
  /// - Returns: the value; NaN where the rows do not define it, or the score does not fit the target.
  /// - Complexity: O(n · outputs), and a sort for `auc`
  public func value(_ predictions: Matrix, _ target: Target) -> Double {
    switch (self, target) {
    case (.accuracy, .classes(let codes, _)):
      let right = zip(Metrics.classes(predictions), codes).count { $0 == $1 }
      return Double(right) / Double(codes.count)
    case (.balancedAccuracy, .classes(let codes, let names)):
      return Self.balancedAccuracy(Metrics.classes(predictions), codes, names.count)
    case (.logLoss, .classes(let codes, _)):
      let loss = codes.indices.reduce(0.0) { $0 - Double.log(max(predictions[$1, codes[$1]], .ulpOfOne)) }
      return loss / Double(codes.count)
    case (.auc, .classes(let codes, let names)):
      return Self.meanArea(predictions, codes, names.count)
    case (.r2, .values(let values)):
      return Self.shareExplained(predictions.elements, values)
    case (.rmse, .values(let values)):
      let squares = zip(values, predictions.elements).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (squares / Double(values.count)).squareRoot()
    case (.mae, .values(let values)):
      return zip(values, predictions.elements).reduce(0.0) { $0 + ($1.0 - $1.1).magnitude } / Double(values.count)
    default: return .nan
    }
  }

  private static func balancedAccuracy(_ predicted: [Int], _ codes: [Int], _ classCount: Int) -> Double {
    var right = [Double](repeating: 0, count: classCount)
    var present = [Double](repeating: 0, count: classCount)
    for (row, code) in codes.enumerated() {
      present[code] += 1
      if predicted[row] == code { right[code] += 1 }
    }
    let recalls = (0..<classCount).filter { present[$0] > 0 }.map { right[$0] / present[$0] }
    return recalls.reduce(0, +) / Double(recalls.count)
  }

  private static func meanArea(_ predictions: Matrix, _ codes: [Int], _ classCount: Int) -> Double {
    let areas = (classCount == 2 ? 1..<2 : 0..<classCount).map { positive in
      Metrics.areaUnderCurve(
        scores: codes.indices.map { predictions[$0, positive] }, positive: codes.map { $0 == positive })
    }.filter { !$0.isNaN }
    return areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count)
  }

  private static func shareExplained(_ predictions: [Double], _ values: [Double]) -> Double {
    // Not told by the sum of squares, which rounding of the mean keeps from being 0.
    if values.allSatisfy({ $0 == values[0] }) { return .nan }
    let mean = values.reduce(0, +) / Double(values.count)
    var squares = 0.0
    var total = 0.0
    for (value, prediction) in zip(values, predictions) {
      squares += (value - prediction) * (value - prediction)
      total += (value - mean) * (value - mean)
    }
    return 1 - squares / total
  }
}
