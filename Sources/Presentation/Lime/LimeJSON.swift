import DataFrames
import Learning
public import Runs
import Surrogates

/// The JSON form of a LIME run, `xai-tab/lime/1`.
public struct LimeJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/lime/1"
  let header: ResultHeader
  let body: Body

  struct Body: Codable, Equatable {
    /// nil in the first line of rows that are still to be read.
    let data: DataFacts?
    /// nil in a stream of lines.
    let reading: ReadingFacts?
    let model: ModelFacts
    let method: Method
    /// One row: its number and its explanations; nil where there are several.
    let row: Int?
    let actual: JSONText.Nullable?
    let prediction: Prediction?
    let explanations: [Explanation]?
    let cells: [Cell]?
    let isTrainingRow: Bool?
    /// Several rows.
    let rows: [Row]?

    init(_ run: LimeRun, rows: [Row]?, isSingle: Bool, isOpen: Bool = false) {
      reading = rows == nil ? nil : ReadingFacts(run.table)
      data = isOpen ? nil : DataFacts(run.table.source, target: run.table.targetName)
      model = ModelFacts(run.trained)
      let single = isSingle ? run.rows[0].explained : nil
      let width: Double? =
        if case .fixed(let width) = run.request.kernelWidth { width } else { single?.kernelWidth }
      method = Method(
        run, kernelWidth: width, samples: run.method == "exact" ? 0 : run.request.samples ?? single?.samples)
      let only = isSingle ? rows?.first : nil
      row = only?.row
      actual = only?.actual
      prediction = only?.prediction
      explanations = only?.explanations
      cells = only?.cells
      isTrainingRow = only?.isTrainingRow
      self.rows = isSingle ? nil : rows
    }
  }

  struct Method: Codable, Equatable {
    let name: String
    /// 0 where the weights are exact; nil where every row has its own number.
    let samples: Int?
    /// nil where every row has its own.
    let kernelWidth: Double?
    let bins: String
    /// `prediction`, or `margin`, of which the probabilities are the logistic function or the softmax.
    let explains: String

    init(_ run: LimeRun, kernelWidth: Double?, samples: Int?) {
      name = run.method
      self.samples = samples
      self.kernelWidth = kernelWidth
      bins = run.binning
      explains = run.request.explainsMargin ? "margin" : "prediction"
    }
  }

  struct Prediction: Codable, Equatable {
    let `class`: String?
    let probabilities: [String: JSONNumber]?
    let value: JSONNumber?

    init(_ run: LimeRun, _ row: LimeRun.Row) {
      if let names = run.classNames {
        `class` = names[run.predictedClass(row)]
        probabilities = Dictionary(zip(names, row.prediction.map { JSONNumber($0) })) { first, _ in first }
        value = nil
      } else {
        `class` = nil
        probabilities = nil
        value = JSONNumber(row.prediction[0])
      }
    }
  }

  struct Explanation: Codable, Equatable {
    let `class`: JSONText.Nullable
    let intercept: JSONNumber
    let localPrediction: JSONNumber
    /// What the model itself says: the probability, the margin or the number that is explained.
    let modelOutput: JSONNumber
    let rSquared: JSONNumber
    let rSquaredError: JSONNumber
    let kernelWidth: Double
    /// The widths that were tried; nil where the width was given.
    let kernelWidths: [WidthFacts]?
    let samples: Int
    let stability: String
    /// nil where the weights are exact.
    let evidence: EvidenceFacts?
    let terms: [Term]

    init(_ run: LimeRun, _ row: LimeRun.Row, _ explanation: LocalExplanation) {
      `class` = JSONText.Nullable(text: run.classNames?[explanation.output])
      intercept = JSONNumber(explanation.intercept)
      localPrediction = JSONNumber(explanation.localPrediction)
      modelOutput = JSONNumber(row.answer[explanation.output])
      rSquared = JSONNumber(explanation.rSquared)
      rSquaredError = JSONNumber(explanation.rSquaredError)
      kernelWidth = row.explained.kernelWidth
      kernelWidths = row.explained.widthSearch?.candidates.map {
        WidthFacts(kernelWidth: $0.width, rSquared: JSONNumber($0.rSquared))
      }
      samples = row.explained.samples
      stability = explanation.stability.rawValue
      evidence = explanation.evidence.map { EvidenceFacts($0) }
      terms = explanation.terms.map { Term(run, row, $0) }
    }
  }

  /// A kernel width and the share of variance that the surrogate explains with it.
  struct WidthFacts: Codable, Equatable {
    let kernelWidth: Double
    let rSquared: JSONNumber
  }

  /// Whether any weight is beyond chance.
  struct EvidenceFacts: Codable, Equatable {
    let largestInStandardErrors: JSONNumber
    let chanceThreshold: JSONNumber
    let columns: Int
    let largestWeight: JSONNumber
    let distanceFromMean: JSONNumber
    let isBeyondChance: Bool
    let isDriven: Bool

    init(_ evidence: Evidence) {
      largestInStandardErrors = JSONNumber(evidence.largest)
      chanceThreshold = JSONNumber(evidence.threshold)
      columns = evidence.columns
      largestWeight = JSONNumber(evidence.largestWeight)
      distanceFromMean = JSONNumber(evidence.distance)
      isBeyondChance = evidence.isBeyondChance
      isDriven = evidence.isDriven
    }
  }

  struct Term: Codable, Equatable {
    let column: String
    let condition: String
    /// The cell as the file has it; null where it is missing.
    let value: JSONText.Nullable
    let weight: JSONNumber
    let standardError: JSONNumber

    init(_ run: LimeRun, _ row: LimeRun.Row, _ term: LocalExplanation.Term) {
      let feature = run.features[term.column]
      column = feature.name
      condition = run.condition(term, row)
      value = JSONText.Nullable(text: ConditionText.cell(run.value(row, term.column), feature))
      weight = JSONNumber(term.weight)
      standardError = JSONNumber(term.standardError)
    }
  }

  /// A value of a row as the file has it; null where it is missing.
  struct Cell: Codable, Equatable {
    let column: String
    let value: JSONText.Nullable
  }

  struct Row: Codable, Equatable {
    let row: Int
    let actual: JSONText.Nullable
    let prediction: Prediction
    let explanations: [Explanation]
    /// The row's values, the first ones where there are many; nil in a stream of lines.
    let cells: [Cell]?
    /// Whether the model was trained on the row; nil in a stream of lines.
    let isTrainingRow: Bool?

    /// The most cells of a row that are listed.
    private static let cellLimit = 200

    init(
      row: Int, actual: JSONText.Nullable, prediction: Prediction, explanations: [Explanation], cells: [Cell]?,
      isTrainingRow: Bool?
    ) {
      self.row = row
      self.actual = actual
      self.prediction = prediction
      self.explanations = explanations
      self.cells = cells
      self.isTrainingRow = isTrainingRow
    }

    init(_ run: LimeRun, _ row: LimeRun.Row, isLine: Bool = false) {
      self.row = row.number
      isTrainingRow = isLine ? nil : run.isTrainingRow(row)
      cells =
        isLine
        ? nil
        : run.features.indices.prefix(Self.cellLimit).map { column in
          let feature = run.features[column]
          return Cell(
            column: feature.name,
            value: JSONText.Nullable(text: ConditionText.cell(run.value(row, column), feature)))
        }
      actual = JSONText.Nullable(text: run.actual(row))
      prediction = Prediction(run, row)
      explanations = row.explained.explanations.map { Explanation(run, row, $0) }
    }
  }

  /// The explained rows, be there one or several.
  var explainedRows: [Row] {
    if let rows = body.rows { return rows }
    guard let row = body.row, let prediction = body.prediction, let explanations = body.explanations else { return [] }
    return [
      Row(
        row: row, actual: body.actual ?? JSONText.Nullable(text: nil), prediction: prediction,
        explanations: explanations, cells: body.cells, isTrainingRow: body.isTrainingRow)
    ]
  }

  /// The first line of a stream: what holds for all rows; `isOpen` where rows are still to be read, so that nothing is
  /// known of the whole table.
  public static func opening(_ run: LimeRun, isOpen: Bool = false) throws -> String {
    try JSONText.text(LimeJSON(run, rows: nil, isSingle: false, isOpen: isOpen), onOneLine: true)
  }

  /// The line of a row that cannot be read.
  public static func line(failure reason: String, row: Int) throws -> String {
    struct Line: Encodable {
      let row: Int
      let error: String
    }
    return try JSONText.text(Line(row: row, error: reason), onOneLine: true)
  }

  /// A row's line of a stream.
  public static func line(_ run: LimeRun, _ row: LimeRun.Row) throws -> String {
    try JSONText.text(Row(run, row, isLine: true), onOneLine: true)
  }

  /// The last line of a stream of `count` rows.
  public static func closing(count: Int, failed: Int = 0, sha256: String) throws -> String {
    try JSONText.text(Closing(rows: count, failed: failed, sha256: sha256), onOneLine: true)
  }

  private struct Closing: Encodable {
    let rows: Int
    let failed: Int
    let sha256: String
  }
}

extension LimeJSON {
  /// The object of a run; the only row's keys stand at the top where `isSingle`.
  public init(_ run: LimeRun, isSingle: Bool) {
    self.init(run, rows: run.rows.map { Row(run, $0) }, isSingle: isSingle)
  }

  private init(_ run: LimeRun, rows: [Row]?, isSingle: Bool, isOpen: Bool = false) {
    self.init(
      header: ResultHeader(Self.schema, seed: run.request.seed),
      body: Body(run, rows: rows, isSingle: isSingle, isOpen: isOpen))
  }
}
