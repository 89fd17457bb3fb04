import DataFrames
import Learning
import Surrogates

/// The JSON form of importances.
struct ImportanceJSON: Encodable {
  let run: ImportanceRun

  private enum Key: String, CodingKey {
    case schema, version, seed, data, model, metric, baseline, method, repeats, rows, rowsScored, columns, warnings
  }

  private struct Entry: Encodable {
    let column: String
    let members: [String]
    let importance: JSONNumber
    let standardDeviation: JSONNumber
    let ratio: JSONNumber
    let p: JSONNumber
    let impurity: JSONNumber?
    let repeats: [JSONNumber]
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/importance/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(run.request.run.seed, forKey: .seed)
    try container.encode(DataFacts(run.table.source, target: run.table.targetName), forKey: .data)
    try container.encode(ModelFacts(run.trained), forKey: .model)
    try container.encode(run.request.score.rawValue, forKey: .metric)
    try container.encode(JSONNumber(run.baseline), forKey: .baseline)
    try container.encode(run.request.method.rawValue, forKey: .method)
    try container.encode(run.request.repeats, forKey: .repeats)
    try container.encode(run.rowsText, forKey: .rows)
    try container.encode(run.rowsScored, forKey: .rowsScored)
    try container.encode(
      run.entries.map { entry in
        let importance = entry.importance
        return Entry(
          column: run.name(entry), members: entry.columns.map { run.table.encoding.features[$0].name },
          importance: JSONNumber(importance.difference), standardDeviation: JSONNumber(importance.standardDeviation),
          ratio: JSONNumber(importance.ratio), p: JSONNumber(importance.p),
          impurity: entry.impurity.map { JSONNumber($0) },
          repeats: importance.differences.map { JSONNumber($0) })
      }, forKey: .columns)
    try container.encode(run.warnings, forKey: .warnings)
  }
}
