import DataFrames
import Learning
import Tensors

/// The predictions for all rows of a table, as CSV or JSON.
struct PredictionPage: Encodable {
  let table: LearningTable
  let trained: TrainedModel
  /// `[rows, outputs]`.
  let answers: Matrix
  let seed: UInt64

  /// How many rows are written at once.
  private static let block = 4096

  /// A line a row, as CSV or JSON.
  /// - Throws: `FileError.cannotWrite`
  func write(asJSON: Bool) throws {
    let lines = PredictionLines(names: table.target.classNames, targetName: table.targetName, isJSON: asJSON)
    try Terminal.write(lines.opening(trained, seed: seed))
    for block in Workers.ranges(answers.rows, size: Self.block) {
      try Terminal.write(lines.text(answers, block, firstRow: 1))
    }
    if asJSON { try Terminal.write(LimeJSON.closing(count: answers.rows, sha256: table.source.sha256)) }
  }

  private enum Key: String, CodingKey { case schema, version, seed, data, model, predictions }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/predict/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(seed, forKey: .seed)
    try container.encode(DataFacts(table.source, target: table.targetName), forKey: .data)
    try container.encode(ModelFacts(trained), forKey: .model)
    let lines = PredictionLines(names: table.target.classNames, targetName: table.targetName, isJSON: true)
    try container.encode(
      (0..<answers.rows).map { lines.prediction(answers, $0, firstRow: 1) }, forKey: .predictions)
  }
}
