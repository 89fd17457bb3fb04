import Learning
import Networks
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
  /// The rows that it was trained on and those that were held out.
  let split: HoldOut
  /// The training rows.
  let training: Dataset
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

  /// Trains on `1 − options.testFraction` of the rows whose target is known.
  /// - Throws: what keeps the rows from being learned from.
  init(_ table: LearningTable, options: ModelOptions, seed: UInt64, workers: Workers) throws {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    split = HoldOut(table.target, fraction: options.testFraction, using: &splitting)
    training = table.dataset(split.training)
    kind = options.kind
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    switch options.kind {
    case .forest:
      let forest = options.forest.fit(training, workers: workers, using: &generator)
      model = forest
      ensemble = forest.ensemble
      name = "forest of \(options.trees) \(options.trees == 1 ? "tree" : "trees")"
      let predictions = forest.outOfBag
      let measured = (0..<training.count).filter { !predictions[$0, 0].isNaN }
      outOfBag = Metrics.of(predictions.selectingRows(measured), target: training.target.selectingRows(measured))
    case .network:
      let network = try options.network.fit(training, workers: workers, using: &generator)
      model = network
      ensemble = nil
      let layers = ["\(network.encoding.inputs.count)"] + options.hidden.sizes.map { "\($0)" } + ["\(network.outputs)"]
      name = "network of \(layers.joined(separator: "-")) units"
      outOfBag = []
    case .linear:
      model = try LinearModel().fit(training, workers: workers, using: &generator)
      ensemble = nil
      name = table.target.classNames == nil ? "ridge regression" : "logistic regression"
      outOfBag = []
    }
    onTraining = Metrics.of(try model.predict(training.rows, workers: workers), target: training.target)
    let rest = table.dataset(split.heldOut)
    heldOut = Metrics.of(try model.predict(rest.rows, workers: workers), target: rest.target)
    commonestClassAccuracy = Self.commonestClassAccuracy(training.target, rest.target)
  }

  private static func commonestClassAccuracy(_ training: Target, _ heldOut: Target) -> Double {
    guard case .classes(let codes, let names) = training, case .classes(let others, _) = heldOut, !others.isEmpty else {
      return .nan
    }
    var counts = [Int](repeating: 0, count: names.count)
    for code in codes { counts[code] += 1 }
    let commonest = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
    return Double(others.count { $0 == commonest }) / Double(others.count)
  }
}
