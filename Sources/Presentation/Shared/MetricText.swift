import Learning

/// Metrics in words.
enum MetricText {
  /// The name of a metric in sentences.
  static func name(_ name: String) -> String { Score.named(name)?.title ?? name }

  /// Metrics with their names, three significant digits each.
  static func list(_ metrics: [Metric]) -> String {
    metrics.map { "\(name($0.name)) \(NumberText.significant($0.value, 3))" }.joined(separator: ", ")
  }
}
