import DataFrames
import Learning
import ModelFiles
import Networks
import Surrogates
import Tensors
import Trees

/// A model trained on a part of a table's rows and measured on the others.
struct TrainedModel: Sendable {
  /// The kind of model, as the command line names it.
  let kind: ModelOptions.Kind
  /// The model in a few words, such as `forest of 100 trees`.
  let name: String
  /// The model.
  let model: any Predictor
  /// The model's trees, if it is a mean of trees: then explanations are exact.
  let ensemble: TreeEnsemble?
  /// The trees whose mean is the margin, one output a class, where the prediction is the margin's logistic function or
  /// softmax.
  let margin: TreeEnsemble?
  /// The rows that it was trained on and those that were held out; for a model that was not trained here, rows that an
  /// explanation may be fitted to and others to measure it on.
  let split: HoldOut
  /// Whether it was trained here, on rows of the table.
  let isTrainedHere: Bool
  /// The number of rows that it was trained on, and that were held out then; nil where that is not known.
  let counts: (training: Int, heldOut: Int)?
  /// What explanations need of the training rows of a model that was not trained here, if its file has it.
  let statistics: ColumnStatistics?
  /// The training rows.
  let training: Dataset
  /// For each tree of a forest that was trained here the training rows that it was grown on; nil for other models.
  let drawn: [[Bool]]?
  /// How well it does on the training rows: a model that does much better there than on others is over-fitted.
  let onTraining: [Metric]
  /// How well it does on the held-out rows; empty where none is held out.
  let heldOut: [Metric]
  /// How well a forest's trees do on the training rows that they did not see; empty for other models.
  let outOfBag: [Metric]

  /// How often the commonest class of the training rows is right on the held-out ones; NaN where the target is a number
  /// or none is held out.
  let commonestClassAccuracy: Double

  /// What a reader must know before anything else, if the model is no good.
  var warning: String? {
    func value(_ metrics: [Metric], _ name: String) -> Double? { metrics.first { $0.name == name }?.value }
    if let accuracy = value(heldOut, "accuracy") {
      if accuracy <= commonestClassAccuracy {
        return "on rows that it has not seen the model is right in \(NumberText.percent(accuracy)), no more often than "
          + "the commonest class alone (\(NumberText.percent(commonestClassAccuracy))); its reasons explain little."
      }
    }
    // A forest is always right on the rows it was trained on, and no worse for it.
    if ensemble == nil, let balanced = value(heldOut, "balancedAccuracy"),
      let before = value(onTraining, "balancedAccuracy"), before - balanced > 0.1
    {
      return
        "the model is over-fitted: balanced accuracy \(NumberText.significant(before, 3)) on the rows it was trained "
        + "on, \(NumberText.significant(balanced, 3)) on others."
    }
    if let share = value(heldOut, "r2"), let before = value(onTraining, "r2") {
      if share <= 0 {
        return "on rows that it has not seen the model is no better than the mean (R2 "
          + "\(NumberText.significant(share, 2))); its reasons explain little."
      }
      if ensemble == nil && before - share > 0.3 {
        return "the model is over-fitted: R2 \(NumberText.significant(before, 3)) on the rows it was trained on, "
          + "\(NumberText.significant(share, 3)) on others."
      }
    }
    return nil
  }

  /// The model that the table was opened with, or one that is trained on `1 − options.testFraction` of the rows whose
  /// target is known.
  /// - Throws: what keeps the rows from being learned from, or the model from answering.
  init(_ table: LearningTable, options: ModelOptions, seed: UInt64, workers: Workers) throws {
    if let opened = table.opened {
      try self.init(table, opened: opened, options: options, seed: seed, workers: workers)
    } else {
      try self.init(trainedOn: table, options: options, seed: seed, workers: workers)
    }
  }

  private init(trainedOn table: LearningTable, options: ModelOptions, seed: UInt64, workers: Workers) throws {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    split = HoldOut(table.target, fraction: options.testFraction, using: &splitting)
    training = table.dataset(split.training)
    isTrainedHere = true
    counts = (split.training.count, split.heldOut.count)
    statistics = nil
    margin = nil
    kind = options.kind
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    switch options.kind {
    case .forest:
      let forest = options.forest.fit(training, workers: workers, using: &generator)
      model = forest
      ensemble = forest.ensemble
      name = "forest of \(options.trees) \(options.trees == 1 ? "tree" : "trees")"
      drawn = forest.isDrawn
      let predictions = forest.outOfBag
      let measured = (0..<training.count).filter { !predictions[$0, 0].isNaN }
      outOfBag = Metrics.of(predictions.selectingRows(measured), target: training.target.selectingRows(measured))
    case .network:
      let network = try options.network.fit(training, workers: workers, using: &generator)
      model = network
      ensemble = nil
      let layers = ["\(network.encoding.inputs.count)"] + options.hidden.sizes.map { "\($0)" } + ["\(network.outputs)"]
      name = "network of \(layers.joined(separator: "-")) units"
      drawn = nil
      outOfBag = []
    case .linear:
      model = try LinearModel().fit(training, workers: workers, using: &generator)
      ensemble = nil
      name = table.target.classNames == nil ? "ridge regression" : "logistic regression"
      drawn = nil
      outOfBag = []
    case .convolutional:
      let network = try options.convolutional(table.encoding.features, layout: table.pictureLayout)
      model = try network.fit(training, workers: workers, using: &generator)
      ensemble = nil
      name = "convolutional network of \(network.channels.map { "\($0)" }.joined(separator: " and ")) channels"
      drawn = nil
      outOfBag = []
    case .file, .command, .stream:
      preconditionFailure("TrainedModel: a \(options.kind.rawValue) is opened with the table")
    }
    onTraining = Metrics.of(try model.predict(training.rows, workers: workers), target: training.target)
    let rest = table.dataset(split.heldOut)
    heldOut = Metrics.of(try model.predict(rest.rows, workers: workers), target: rest.target)
    commonestClassAccuracy = Self.commonestClassAccuracy(training.target, rest.target)
  }

  /// A model that was not trained here. What its file does not tell is measured on the rows of the table.
  private init(_ table: LearningTable, opened: OpenedModel, options: ModelOptions, seed: UInt64, workers: Workers)
    throws
  {
    kind = opened.kind
    name = opened.name
    model = opened.model
    ensemble = opened.ensemble
    margin = opened.margin
    drawn = nil
    statistics = opened.statistics
    isTrainedHere = false
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    split = HoldOut(
      .values([Double](repeating: 0, count: table.rows.rows)), fraction: options.testFraction, using: &splitting)
    training = table.dataset(Array(0..<table.rows.rows))
    if let facts = opened.card?.training {
      func metrics(_ figures: [ModelCard.Figure]) -> [Metric] {
        figures.map { Metric(name: $0.name, value: $0.value ?? .nan) }
      }
      counts = (facts.rows, facts.heldOutRows)
      heldOut = metrics(facts.heldOut)
      onTraining = metrics(facts.onTraining)
      outOfBag = metrics(facts.outOfBag)
      commonestClassAccuracy = facts.commonestClassAccuracy ?? .nan
    } else {
      counts = nil
      let known = table.dataset(table.target.knownRows)
      onTraining = Metrics.of(try model.predict(known.rows, workers: workers), target: known.target)
      heldOut = []
      outOfBag = []
      commonestClassAccuracy = .nan
    }
  }

  /// The bins of the training rows; of all rows of the table where those of a model from elsewhere are not known.
  func discretizer(_ binning: Binning) -> Discretizer {
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
