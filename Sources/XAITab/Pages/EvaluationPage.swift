import DataFrames
import Learning

/// How well a model does on a table's rows, as text, JSON or CSV.
struct EvaluationPage: Encodable {
  let table: LearningTable
  let trained: TrainedModel
  /// The number of rows whose target is known.
  let rows: Int
  let metrics: [Metric]
  let seed: UInt64

  var text: String {
    let head = Terminal.oneLine(
      "\(trained.name), \(DataFrame.counted(rows, "row", "rows")) of \(table.source.name) with a known \(table.targetName):"
    )
    let width = metrics.map { LimeText.metricName($0.name).count }.max() ?? 0
    let lines = metrics.map { metric in
      let name = LimeText.metricName(metric.name)
      return "  " + name + String(repeating: " ", count: width - name.count) + "  "
        + NumberText.significant(metric.value, 4)
    }
    return ([head] + lines).joined(separator: "\n") + "\n"
  }

  var csv: String {
    "metric,value\n" + metrics.map { CSVWriter.record([$0.name, "\($0.value)"]) + "\n" }.joined()
  }

  private enum Key: String, CodingKey { case schema, version, seed, data, model, rows, metrics }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/evaluate/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(seed, forKey: .seed)
    try container.encode(DataFacts(table.source, target: table.targetName), forKey: .data)
    try container.encode(ModelFacts(trained), forKey: .model)
    try container.encode(rows, forKey: .rows)
    try container.encode(
      Dictionary(metrics.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }, forKey: .metrics)
  }
}
