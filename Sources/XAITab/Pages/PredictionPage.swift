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

  /// A line a row: the class and the probability of each, or the value.
  /// - Throws: `FileError.cannotWrite`
  func writeCSV() throws {
    let names = table.target.classNames
    let header = names.map { ["class"] + $0 } ?? ["value"]
    try Terminal.write(CSVWriter.record(header) + "\n")
    let fields = names?.map { CSVWriter.field($0) } ?? []
    let classes = names == nil ? [] : Metrics.classes(answers)
    for block in Workers.ranges(answers.rows, size: Self.block) {
      var text = ""
      for row in block {
        if names != nil { text += fields[classes[row]] + "," }
        text += answers.row(row).map { "\($0)" }.joined(separator: ",") + "\n"
      }
      try Terminal.write(text)
    }
  }

  private enum Key: String, CodingKey { case schema, version, seed, data, model, predictions }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("xai-tab/predict/1", forKey: .schema)
    try container.encode(Provenance.version, forKey: .version)
    try container.encode(seed, forKey: .seed)
    try container.encode(DataFacts(table.source, target: table.targetName), forKey: .data)
    try container.encode(ModelFacts(trained), forKey: .model)
    let names = table.target.classNames
    let classes = names == nil ? [] : Metrics.classes(answers)
    try container.encode(
      (0..<answers.rows).map { row in
        Prediction(
          row: row + 1, class: names.map { $0[classes[row]] },
          probabilities: names.map { names in
            Dictionary(zip(names, answers.row(row).map { JSONNumber($0) })) { first, _ in first }
          }, value: names == nil ? JSONNumber(answers[row, 0]) : nil)
      }, forKey: .predictions)
  }

  private struct Prediction: Encodable {
    let row: Int
    let `class`: String?
    let probabilities: [String: JSONNumber]?
    let value: JSONNumber?
  }
}
