public import Learning
import ModelFiles
public import Surrogates
import Tensors
public import Trees

/// A model trained on a part of a table's rows and measured on the others.
public struct TrainedModel: Sendable {
  /// The kind of model, as the command line names it.
  public let kind: ModelKind
  /// The model in a few words, such as `forest of 100 trees`.
  public let name: String
  /// The model.
  public let model: any Predictor
  /// The model's trees, if it is a mean of trees: then explanations are exact.
  public let ensemble: TreeEnsemble?
  /// The trees whose mean is the margin, one output a class, where the prediction is the margin's logistic function or
  /// softmax.
  public let margin: TreeEnsemble?
  /// The rows that it was trained on and those that were held out; for a model that was not trained here, rows that an
  /// explanation may be fitted to and others to measure it on.
  public let split: HoldOut
  /// Whether it was trained here, on rows of the table.
  public let isTrainedHere: Bool
  /// The number of rows that it was trained on, and that were held out then; nil where that is not known.
  public let counts: (training: Int, heldOut: Int)?
  /// What explanations need of the training rows of a model that was not trained here, if its file has it.
  public let statistics: ColumnStatistics?
  /// The training rows.
  public let training: Dataset
  /// For each tree of a forest that was trained here the training rows that it was grown on; nil for other models.
  public let drawn: [[Bool]]?
  /// How well it does on the training rows: a model that does much better there than on others is over-fitted.
  public let onTraining: [Metric]
  /// How well it does on the held-out rows; empty where none is held out.
  public let heldOut: [Metric]
  /// How well a forest's trees do on the training rows that they did not see; empty for other models.
  public let outOfBag: [Metric]
  /// How often the commonest class of the training rows is right on the held-out ones; NaN where the target is a number
  /// or none is held out.
  public let commonestClassAccuracy: Double

  /// The model that the table was opened with, or one that is trained on `1 − request.testFraction` of the rows whose
  /// target is known.
  /// - Throws: `FitError`, `UsageError` or `TargetError` where the rows cannot be learned from, and what a model that
  ///   is there already throws where it does not answer.
  public static func make(_ table: LearningTable, _ request: ModelRequest, _ settings: RunSettings) throws
    -> TrainedModel
  {
    let workers = settings.workers(showing: "training the \(request.kind.name)")
    if let opened = table.opened {
      return try measure(opened, table, request, seed: settings.seed, workers: workers)
    }
    guard let trainer = request.kind.trainer else {
      throw UsageError.contradiction("the table was not opened with the model \"\(request.kind.name)\"")
    }
    return try train(trainer, table, request, seed: settings.seed, workers: workers)
  }

  private static func train(
    _ trainer: any ModelTrainer.Type, _ table: LearningTable, _ request: ModelRequest, seed: UInt64, workers: Workers
  ) throws -> TrainedModel {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    let split = HoldOut(table.target, fraction: request.testFraction, using: &splitting)
    let training = table.dataset(split.training)
    let rest = table.dataset(split.heldOut)
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    let fitted = try trainer.fit(
      request, training, layout: table.pictureLayout, workers: workers, using: &generator)
    let outOfBag = fitted.outOfBag.map { predictions in
      let measured = (0..<training.count).filter { !predictions[$0, 0].isNaN }
      return Metrics.of(predictions.selectingRows(measured), target: training.target.selectingRows(measured))
    }
    return TrainedModel(
      kind: trainer.kind, name: fitted.name, model: fitted.model, ensemble: fitted.ensemble, margin: nil, split: split,
      isTrainedHere: true, counts: (split.training.count, split.heldOut.count), statistics: nil, training: training,
      drawn: fitted.drawn,
      onTraining: Metrics.of(try fitted.model.predict(training.rows, workers: workers), target: training.target),
      heldOut: Metrics.of(try fitted.model.predict(rest.rows, workers: workers), target: rest.target),
      outOfBag: outOfBag ?? [],
      commonestClassAccuracy: commonestClassAccuracy(training.target, rest.target))
  }

  /// A model that was not trained here. What its file does not tell is measured on the rows of the table.
  private static func measure(
    _ opened: OpenedModel, _ table: LearningTable, _ request: ModelRequest, seed: UInt64, workers: Workers
  ) throws -> TrainedModel {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    let split = HoldOut(
      .values([Double](repeating: 0, count: table.rows.rows)), fraction: request.testFraction, using: &splitting)
    func metrics(_ figures: [ModelCard.Figure]?) -> [Metric] {
      (figures ?? []).map { Metric(name: $0.name, value: $0.value ?? .nan) }
    }
    let facts = opened.card?.training
    var onTraining = metrics(facts?.onTraining)
    if facts == nil {
      let known = table.dataset(table.target.knownRows)
      onTraining = Metrics.of(try opened.model.predict(known.rows, workers: workers), target: known.target)
    }
    return TrainedModel(
      kind: opened.kind, name: opened.name, model: opened.model, ensemble: opened.ensemble, margin: opened.margin,
      split: split, isTrainedHere: false, counts: facts.map { ($0.rows, $0.heldOutRows) },
      statistics: opened.statistics, training: table.dataset(Array(0..<table.rows.rows)), drawn: nil,
      onTraining: onTraining, heldOut: metrics(facts?.heldOut), outOfBag: metrics(facts?.outOfBag),
      commonestClassAccuracy: facts?.commonestClassAccuracy ?? .nan)
  }

  /// The bins of the training rows; of all rows of the table where those of a model from elsewhere are not known.
  public func discretizer(_ binning: Binning) -> Discretizer {
    if let statistics,
      let known = Discretizer(statistics, features: training.features, name: binning.name)
    {
      return known
    }
    return Discretizer(training, binning: binning)
  }

  private static func commonestClassAccuracy(_ training: Target, _ heldOut: Target) -> Double {
    guard case .classes(let codes, let names) = training, case .classes(let others, _) = heldOut, !others.isEmpty else {
      return .nan
    }
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes { counts[code] += 1 }
    let commonest = counts.argmax()
    return Double(others.count { $0 == commonest }) / Double(others.count)
  }
}
