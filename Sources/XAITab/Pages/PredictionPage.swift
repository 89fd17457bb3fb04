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
    try Terminal.write(Self.csvHeader(names))
    for block in Workers.ranges(answers.rows, size: Self.block) { try Terminal.write(Self.csv(answers, block, names)) }
  }

  /// The first line, for the given classes or for a number.
  static func csvHeader(_ names: [String]?) -> String {
    CSVWriter.record(names.map { ["class"] + $0 } ?? ["value"]) + "\n"
  }

  /// The lines of some rows of answers.
  static func csv(_ answers: Matrix, _ rows: Range<Int>, _ names: [String]?) -> String {
    let fields = names?.map { CSVWriter.field($0) } ?? []
    return rows.reduce(into: "") { text, row in
      let own = answers.row(row)
      if names != nil {
        text += fields[own.indices.reduce(own.startIndex) { own[$1] > own[$0] ? $1 : $0 } - own.startIndex] + ","
      }
      text += own.map { "\($0)" }.joined(separator: ",") + "\n"
    }
  }

  /// The line of a row that cannot be read: empty cells.
  static func csvFailure(_ names: [String]?) -> String {
    names.map { String(repeating: ",", count: $0.count) + "\n" } ?? "\"\"\n"
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
