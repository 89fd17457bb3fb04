import DataFrames
import Learning
public import Runs
import Surrogates

/// The JSON form of importances, `xai-tab/importance/1`.
public struct ImportanceJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/importance/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts
    let metric: String
    let baseline: JSONNumber
    let method: String
    let repeats: Int
    /// The rows that are scored, in words.
    let rows: String
    let rowsScored: Int
    /// The groups of columns, the most important first.
    let columns: [Entry]
    let warnings: [String]
    /// Where the columns are the pixels of pictures: the pictures' size and the pixels' places.
    let picture: PictureLayout?

    init(_ run: ImportanceRun, limit: Int = .max) {
      model = ModelFacts(run.trained)
      metric = run.request.score.name
      baseline = JSONNumber(run.baseline)
      method = run.request.method.rawValue
      repeats = run.request.repeats
      rows = run.rowsText
      rowsScored = run.rowsScored
      columns = run.entries.prefix(limit).map { entry in
        let importance = entry.importance
        return Entry(
          column: run.name(entry), members: entry.columns.map { run.table.encoding.features[$0].name },
          importance: JSONNumber(importance.difference), standardDeviation: JSONNumber(importance.standardDeviation),
          ratio: JSONNumber(importance.ratio), p: JSONNumber(importance.p),
          impurity: entry.impurity.map { JSONNumber($0) }, repeats: importance.differences.map { JSONNumber($0) })
      }
      warnings = run.warnings
      picture = PictureLayout(run.table)
    }
  }

  struct Entry: Codable, Equatable {
    let column: String
    let members: [String]
    let importance: JSONNumber
    let standardDeviation: JSONNumber
    let ratio: JSONNumber
    let p: JSONNumber
    let impurity: JSONNumber?
    let repeats: [JSONNumber]
  }
}

extension ImportanceJSON {
  /// The object of a run, with at most `limit` groups.
  public init(_ run: ImportanceRun, limit: Int = .max) {
    self.init(header: TableHeader(Self.schema, run.table, seed: run.request.run.seed), body: Body(run, limit: limit))
  }
}
