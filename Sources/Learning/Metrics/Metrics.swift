public import Tensors

/// One figure of how well predictions agree with the truth.
public struct Metric: Sendable, Equatable {
  /// The figure's name, that of a `Score`.
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
    return Score.scores(of: target).map { Metric(name: $0.name, value: $0.value(predictions, target)) }
  }

  /// The class of each row: the column of the highest probability, the lowest index among equals.
  public static func classes(_ predictions: Matrix) -> [Int] {
    (0..<predictions.rows).map { predictions.row($0).argmax() }
  }
}
