public import Runs
public import Tensors

/// Predictions row by row, as CSV or as JSON objects.
public struct PredictionLines {
  /// The classes, or nil for a number.
  let names: [String]?
  let targetName: String
  /// Whether the lines are JSON objects; else they are CSV.
  public let isJSON: Bool

  /// Lines for these classes, or for a number, as JSON or CSV.
  public init(names: [String]?, targetName: String, isJSON: Bool) {
    self.names = names
    self.targetName = targetName
    self.isJSON = isJSON
  }

  /// The first line: the names of the columns, or what holds for all rows.
  public func opening(_ trained: TrainedModel, seed: UInt64) throws -> String {
    guard isJSON else { return PredictionCSV.header(names) }
    let opening = Opening(
      header: ResultHeader(PredictionJSON.schema, seed: seed),
      body: Opening.Body(target: targetName, model: ModelFacts(trained)))
    return try JSONText.text(opening, onOneLine: true)
  }

  /// The lines of some rows of answers, `[rows, outputs]`; the first of all has the number `firstRow`.
  public func text(_ answers: Matrix, _ rows: Range<Int>, firstRow: Int, workers: Workers) throws -> String {
    guard isJSON else { return PredictionCSV.lines(answers, rows, names) }
    let predictions = PredictionJSON.predictions(answers, rows, names, firstRow: firstRow)
    return try workers.silent.tryMap(count: predictions.count) {
      try JSONText.text(predictions[$0], onOneLine: true)
    }.joined()
  }

  /// The line of a row that cannot be read.
  public func failure(row: Int, reason: String) throws -> String {
    isJSON ? try LimeJSON.line(failure: reason, row: row) : PredictionCSV.failure(names)
  }

  private struct Opening: HeadedObject {
    let header: ResultHeader
    let body: Body

    struct Body: Codable {
      let target: String
      let model: ModelFacts
    }
  }
}
