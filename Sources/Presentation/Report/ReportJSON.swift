public import DataFrames
import Learning
public import Runs

/// The JSON form of a report, `xai-tab/report/1`: the results of the other commands about one model, and how good it
/// is.
public struct ReportJSON: HeadedObject {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/report/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable {
    /// The report in a sentence.
    let headline: String
    /// What a reader should beware of, most important first.
    let alerts: [String]
    let model: ModelFacts
    /// The classes in their order; nil where the target is a number.
    let classes: [String]?
    /// nil where no row tells.
    let evaluation: Evaluation?
    let columns: InspectJSON
    let importance: ImportanceJSON?
    let tree: TreeJSON?
    let regression: RegressionJSON?
    let rules: RulesJSON?
    /// The explained rows: the typical ones, then the surprising ones.
    let rows: LimeJSON
    let typical: [Int]
    let surprising: [Int]
    let missing: [Missing]
    /// How long each step took; nil where the result is to be the same bytes each time.
    let seconds: [Step]?

    init(_ run: ReportRun, _ frame: DataFrame, isNamed: (String) -> Bool) {
      let target = frame.columns.firstIndex { $0.name == run.table.targetName }
      columns = InspectJSON(
        frame, target: target, seed: run.options.seed, shown: ReportJSON.shown(run, frame, target: target),
        isNamed: isNamed)
      let alerts = ReportAlerts(run, ofColumns: columns.alerts)
      headline = alerts.headline
      self.alerts = alerts.sentences
      model = ModelFacts(run.explained.trained)
      classes = run.table.target.classNames
      evaluation = run.evaluation.map { Evaluation($0) }
      importance = run.importance.map { ImportanceJSON($0, limit: ReportPage.importanceLimit) }
      tree = run.tree.map { TreeJSON($0) }
      regression = run.regression.map { RegressionJSON($0) }
      rules = run.rules.map { RulesJSON($0) }
      rows = LimeJSON(run.lime, isSingle: false)
      typical = run.typical
      surprising = run.surprising
      missing = run.missing.map { Missing(part: $0.part, reason: $0.reason) }
      seconds = Provenance.isReproducible ? nil : run.seconds.map { Step(step: $0.step, seconds: $0.seconds) }
    }
  }

  /// A part that is not there, and why.
  struct Missing: Codable {
    let part: String
    let reason: String
  }

  struct Step: Codable {
    let step: String
    let seconds: Double
  }

  /// How good the model is.
  struct Evaluation: Codable {
    /// `heldOut`, `training` or `all`.
    let kind: String
    let rows: Int
    let metrics: [String: Interval]
    /// `[actual][predicted]`, in the order of the classes.
    let confusion: [[Int]]?
    let calibration: Curve?
    let points: [Point]?
    let commonestShare: JSONNumber

    struct Interval: Codable {
      let value: JSONNumber
      let lower: JSONNumber
      let upper: JSONNumber
    }

    struct Curve: Codable {
      /// The class whose probability it is; nil: the predicted class of each row.
      let `class`: String?
      let error: JSONNumber
      let bins: [Bin]
    }

    struct Bin: Codable {
      let count: Int
      let predicted: Double
      let observed: Double
      let lower: Double
      let upper: Double
    }

    struct Point: Codable {
      let actual: JSONNumber
      let predicted: JSONNumber
    }

    init(_ evaluation: ModelEvaluation) {
      kind = evaluation.kind.rawValue
      rows = evaluation.rows.count
      let intervals = evaluation.intervals.map { interval in
        (
          interval.metric.name,
          Interval(
            value: JSONNumber(interval.metric.value), lower: JSONNumber(interval.lower),
            upper: JSONNumber(interval.upper))
        )
      }
      metrics = Dictionary(intervals) { first, _ in first }
      confusion = evaluation.confusion?.counts
      calibration = evaluation.calibration.map { curve in
        Curve(
          class: evaluation.calibratedClass, error: JSONNumber(curve.error),
          bins: curve.bins.map {
            Bin(
              count: $0.count, predicted: $0.predicted, observed: $0.observed, lower: $0.lower, upper: $0.upper)
          })
      }
      points =
        evaluation.confusion == nil
        ? evaluation.points.map { Point(actual: JSONNumber($0.actual), predicted: JSONNumber($0.predicted)) } : nil
      commonestShare = JSONNumber(evaluation.commonestShare)
    }
  }

  /// The most columns of the table of columns, and the most columns up to which all are shown.
  private static let columnLimit = 40
  private static let allColumns = 60

  /// The columns of the table: all, or the target and the most important ones.
  private static func shown(_ run: ReportRun, _ frame: DataFrame, target: Int?) -> [Int]? {
    guard frame.columns.count > allColumns else { return nil }
    let places = Dictionary(frame.columns.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
    let features = run.table.encoding.features
    let ranked = run.importance?.entries.flatMap(\.columns).map { features[$0].name } ?? features.map(\.name)
    return (target.map { [$0] } ?? [])
      + ranked.prefix(columnLimit - 1).compactMap { places[$0] }.filter { $0 != target }
  }
}

extension ReportJSON {
  /// The report in a sentence.
  public var headline: String { body.headline }
  /// What a reader should beware of, most important first.
  public var alerts: [String] { body.alerts }

  /// The object of a report; `isNamed` tells the columns that the user spoke of.
  public init(_ run: ReportRun, _ frame: DataFrame, isNamed: (String) -> Bool) {
    self.init(
      header: TableHeader(Self.schema, run.table, seed: run.options.seed), body: Body(run, frame, isNamed: isNamed))
  }
}
