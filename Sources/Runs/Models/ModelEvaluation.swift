public import Learning
import Tensors

/// How good a model is, on rows of known target.
public struct ModelEvaluation: Sendable {
  /// Which rows those are.
  public enum Rows: String, Sendable {
    /// Rows that the model was not trained on.
    case heldOut
    /// Rows that it was trained on, as there are no others.
    case training
    /// All rows, of a model from elsewhere.
    case all
  }

  /// The rows.
  public let kind: Rows
  /// The rows that were measured, ascending.
  public let rows: [Int]
  /// The figures with their intervals.
  public let intervals: [BootstrapInterval]
  /// How often rows of each class are given each class; nil where the target is a number.
  public let confusion: ConfusionMatrix?
  /// Whether its probabilities are as often right as they say; nil where the target is a number.
  public let calibration: Calibration?
  /// The class whose probability is looked at; nil: that of the predicted class of each row.
  public let calibratedClass: String?
  /// The target and the prediction of some rows, where the target is a number.
  public let points: [(actual: Double, predicted: Double)]
  /// The share of the commonest class among the rows; NaN where the target is a number.
  public let commonestShare: Double

  /// The most points.
  private static let pointLimit = 300

  /// Measures a model's answers; nil where no row tells.
  public init?(_ table: LearningTable, _ explained: ExplainedModel, run: RunSettings) {
    let trained = explained.trained
    if !trained.isTrainedHere {
      kind = .all
      rows = table.target.knownRows
    } else if trained.split.heldOut.isEmpty {
      kind = .training
      rows = trained.split.training
    } else {
      kind = .heldOut
      rows = trained.split.heldOut
    }
    guard !rows.isEmpty else { return nil }
    let answers = explained.answers.selectingRows(rows)
    let target = table.target.selectingRows(rows)
    let cells = rows.count * answers.columns
    intervals = BootstrapInterval.of(
      answers, target: target, repeats: cells <= 4000 ? 1000 : cells <= 40_000 ? 300 : 100, seed: run.seed,
      workers: run.workers)
    switch target {
    case .classes(let codes, let names):
      let predicted = Metrics.classes(answers)
      confusion = ConfusionMatrix(predicted: predicted, actual: codes, classNames: names)
      let positive = names.count == 2 ? 1 : nil
      calibratedClass = positive.map { names[$0] }
      calibration = Calibration(
        codes.indices.map { answers[$0, positive ?? predicted[$0]] },
        outcomes: codes.indices.map { codes[$0] == positive ?? predicted[$0] },
        limit: min(10, max(2, rows.count / 12)))
      points = []
      commonestShare =
        names.indices.map { name in Double(codes.count { $0 == name }) }.max().map {
          $0 / Double(codes.count)
        } ?? .nan
    case .values(let values):
      confusion = nil
      calibration = nil
      calibratedClass = nil
      let step = max(1, Double(values.count) / Double(Self.pointLimit))
      points = (0..<min(values.count, Self.pointLimit)).map { place in
        let row = min(values.count - 1, Int(Double(place) * step))
        return (values[row], answers[row, 0])
      }
      commonestShare = .nan
    }
  }
}
