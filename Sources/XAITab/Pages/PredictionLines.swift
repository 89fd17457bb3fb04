import DataFrames
import Tensors

/// Predictions row by row, as CSV or as JSON objects.
struct PredictionLines {
  /// The classes, or nil for a number.
  let names: [String]?
  let targetName: String
  let isJSON: Bool

  /// The first line: the names of the columns, or what holds for all rows.
  func opening(_ trained: TrainedModel, seed: UInt64) throws -> String {
    if isJSON {
      return try JSONText.text(
        Opening(seed: seed, target: targetName, model: ModelFacts(trained)), onOneLine: true)
    }
    return CSVWriter.record(names.map { ["class"] + $0 } ?? ["value"]) + "\n"
  }

  /// The lines of some rows of answers, `[rows, outputs]`.
  func text(_ answers: Matrix, _ rows: Range<Int>, firstRow: Int) throws -> String {
    if isJSON {
      return try rows.map { try JSONText.text(prediction(answers, $0, firstRow: firstRow), onOneLine: true) }.joined()
    }
    let fields = names?.map { CSVWriter.field($0) } ?? []
    return rows.reduce(into: "") { text, row in
      if names != nil { text += fields[answers.largest(row)] + "," }
      text += answers.row(row).map { "\($0)" }.joined(separator: ",") + "\n"
    }
  }

  /// The line of a row that cannot be read; as CSV, empty cells.
  func failure(row: Int, reason: String) throws -> String {
    if isJSON { return try LimeJSON.line(failure: reason, row: row) }
    return names.map { String(repeating: ",", count: $0.count) + "\n" } ?? "\"\"\n"
  }

  /// The last line of rows that were read one by one; nil as CSV.
  func closing(_ source: BatchRun<FileBinding>) throws -> String? {
    isJSON ? try LimeJSON.closing(count: source.rows, failed: source.failed, sha256: source.sha256()) : nil
  }

  /// One row's prediction.
  func prediction(_ answers: Matrix, _ row: Int, firstRow: Int) -> Prediction {
    Prediction(
      row: firstRow + row, class: names.map { $0[answers.largest(row)] },
      probabilities: names.map { names in
        Dictionary(zip(names, answers.row(row).map { JSONNumber($0) })) { first, _ in first }
      }, value: names == nil ? JSONNumber(answers[row, 0]) : nil)
  }

  struct Prediction: Encodable {
    let row: Int
    let `class`: String?
    let probabilities: [String: JSONNumber]?
    let value: JSONNumber?
  }

  private struct Opening: Encodable {
    let schema = "xai-tab/predict/1"
    let version = Provenance.version
    let seed: UInt64
    let target: String
    let model: ModelFacts
  }
}

extension Matrix {
  /// The first column of the largest number of a row.
  fileprivate func largest(_ row: Int) -> Int {
    let own = self.row(row)
    return own.indices.reduce(own.startIndex) { own[$1] > own[$0] ? $1 : $0 } - own.startIndex
  }
}
