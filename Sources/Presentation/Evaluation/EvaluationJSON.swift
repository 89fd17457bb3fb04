import DataFrames
public import Learning
public import Runs

/// How well a model does on a table's rows, `xai-tab/evaluate/1`.
public struct EvaluationJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/evaluate/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts
    /// The number of rows whose target is known.
    let rows: Int
    let metrics: [String: JSONNumber]

    init(_ trained: TrainedModel, rows: Int, metrics: [Metric]) {
      model = ModelFacts(trained)
      self.rows = rows
      self.metrics = ModelFacts.dictionary(metrics)
    }
  }

  /// The text form.
  public var text: String {
    let head = OneLine.text(
      "\(body.model.name), \(Plural.text(body.rows, "row", "rows")) of \(data.name) with a known "
        + "\(data.target ?? "target"):"
    )
    let metrics = ModelFacts.metrics(body.metrics)
    let width = metrics.map { MetricText.name($0.name).count }.max() ?? 0
    let lines = metrics.map { metric in
      let name = MetricText.name(metric.name)
      return "  " + name + String(repeating: " ", count: width - name.count) + "  "
        + NumberText.significant(metric.value, 4)
    }
    return ([head] + lines).joined(separator: "\n") + "\n"
  }

  /// The metrics as CSV.
  public var csv: String {
    "metric,value\n"
      + ModelFacts.metrics(body.metrics).map { CSVWriter.record([$0.name, "\($0.value)"]) + "\n" }.joined()
  }
}

extension EvaluationJSON {
  /// The metrics of a model on the rows whose target is known.
  public init(_ table: LearningTable, _ trained: TrainedModel, rows: Int, metrics: [Metric], seed: UInt64) {
    self.init(
      header: TableHeader(Self.schema, table, seed: seed), body: Body(trained, rows: rows, metrics: metrics))
  }
}
