import DataFrames
import Learning
import Surrogates

/// The JSON form of a LIME run, `xai-tab/lime/1`.
struct LimeJSON: Encodable {
  let schema = "xai-tab/lime/1"
  let version = Provenance.version
  let seed: UInt64
  let data: DataFacts
  let model: ModelFacts
  let method: Method
  /// One row: its number and its explanations; nil where there are several.
  let row: Int?
  let actual: String?
  let prediction: Prediction?
  let explanations: [Explanation]?
  /// Several rows.
  let rows: [Row]?

  struct ModelFacts: Encodable {
    let kind = "forest"
    let trees: Int
    let trainingRows: Int
    let heldOutRows: Int
    let heldOut: [String: JSONNumber]
    let outOfBag: [String: JSONNumber]

    init(_ forest: TrainedForest) {
      trees = forest.trees
      trainingRows = forest.split.training.count
      heldOutRows = forest.split.heldOut.count
      heldOut = Self.dictionary(forest.heldOut)
      outOfBag = Self.dictionary(forest.outOfBag)
    }

    private static func dictionary(_ metrics: [Metric]) -> [String: JSONNumber] {
      Dictionary(metrics.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }
    }
  }

  struct Method: Encodable {
    let name = "exact"
    /// The weights need none.
    let samples = 0
    /// nil where every row has its own.
    let kernelWidth: Double?
    let bins: String
  }

  struct Prediction: Encodable {
    let `class`: String?
    let probabilities: [String: Double]?
    let value: Double?

    init(_ run: LimeRun, _ row: LimeRun.Row) {
      if let names = run.classNames {
        `class` = names[run.predictedClass(row)]
        probabilities = Dictionary(zip(names, row.prediction)) { first, _ in first }
        value = nil
      } else {
        `class` = nil
        probabilities = nil
        value = row.prediction[0]
      }
    }
  }

  struct Explanation: Encodable {
    let `class`: String?
    let intercept: Double
    let localPrediction: Double
    let rSquared: JSONNumber
    let rSquaredError: JSONNumber
    let kernelWidth: Double
    let terms: [Term]

    init(_ run: LimeRun, _ row: LimeRun.Row, _ explanation: LocalExplanation) {
      `class` = run.classNames?[explanation.output]
      intercept = explanation.intercept
      localPrediction = explanation.localPrediction
      rSquared = JSONNumber(explanation.rSquared)
      rSquaredError = JSONNumber(explanation.rSquaredError)
      kernelWidth = row.explained.kernelWidth
      terms = explanation.terms.map { Term(run, row, $0) }
    }
  }

  struct Term: Encodable {
    let column: String
    let condition: String
    /// The cell as the file has it; nil where it is missing.
    let value: String?
    let weight: Double
    let standardError: Double

    init(_ run: LimeRun, _ row: LimeRun.Row, _ term: LocalExplanation.Term) {
      let feature = run.features[term.column]
      column = feature.name
      condition = run.condition(term, row)
      value = ConditionText.cell(run.value(row, term.column), feature)
      weight = term.weight
      standardError = term.standardError
    }
  }

  struct Row: Encodable {
    let row: Int
    let actual: String?
    let prediction: Prediction
    let explanations: [Explanation]

    init(_ run: LimeRun, _ row: LimeRun.Row) {
      self.row = row.number
      actual = run.table.actual(row.number - 1)
      prediction = Prediction(run, row)
      explanations = row.explained.explanations.map { Explanation(run, row, $0) }
    }
  }

  /// The object of a run; the only row's keys stand at the top where `isSingle`.
  init(_ run: LimeRun, isSingle: Bool) {
    self.init(run, rows: run.rows.map { Row(run, $0) }, isSingle: isSingle)
  }

  private init(_ run: LimeRun, rows: [Row]?, isSingle: Bool) {
    seed = run.seed
    data = DataFacts(run.table.frame, target: run.table.targetName)
    model = ModelFacts(run.forest)
    let width: Double? =
      if case .fixed(let width) = run.kernelWidth { width } else if isSingle {
        run.rows[0].explained.kernelWidth
      } else { nil }
    method = Method(kernelWidth: width, bins: run.binning.name)
    let only = isSingle ? rows?.first : nil
    row = only?.row
    actual = only?.actual
    prediction = only?.prediction
    explanations = only?.explanations
    self.rows = isSingle ? nil : rows
  }

  /// The lines of a stream: a header object, one object a row, and a closing count.
  static func lines(_ run: LimeRun) throws -> String {
    var text = try JSONText.text(LimeJSON(run, rows: nil, isSingle: false), onOneLine: true)
    for row in run.rows { text += try JSONText.text(Row(run, row), onOneLine: true) }
    return text
      + (try JSONText.text(
        Closing(rows: run.rows.count, failed: 0, sha256: run.table.frame.source.sha256), onOneLine: true))
  }

  private struct Closing: Encodable {
    let rows: Int
    let failed: Int
    let sha256: String
  }
}
