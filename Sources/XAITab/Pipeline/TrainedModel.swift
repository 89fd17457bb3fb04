import Learning
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

  /// Trains on `1 − options.testFraction` of the rows whose target is known.
  /// - Throws: what keeps the rows from being learned from.
  init(_ table: LearningTable, options: ModelOptions, seed: UInt64, workers: Workers) throws {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    split = HoldOut(table.target, fraction: options.testFraction, using: &splitting)
    training = table.dataset(split.training)
    kind = options.model
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    switch options.model {
    case .forest:
      let forest = options.forest.fit(training, workers: workers, using: &generator)
      model = forest
      ensemble = forest.ensemble
      name = "forest of \(options.trees) \(options.trees == 1 ? "tree" : "trees")"
      let predictions = forest.outOfBag
      let measured = (0..<training.count).filter { !predictions[$0, 0].isNaN }
      outOfBag = Metrics.of(predictions.selectingRows(measured), target: training.target.selectingRows(measured))
    }
    onTraining = Metrics.of(try model.predict(training.rows, workers: workers), target: training.target)
    let rest = table.dataset(split.heldOut)
    heldOut = Metrics.of(try model.predict(rest.rows, workers: workers), target: rest.target)
  }
}
