import Learning
import Tensors
import Trees

/// A forest trained on a part of a table's rows and measured on the others.
struct TrainedForest: Sendable {
  /// The forest.
  let model: RandomForest.Model
  /// The number of its trees.
  let trees: Int
  /// The rows that it was trained on and those that were held out.
  let split: HoldOut
  /// The training rows.
  let training: Dataset
  /// How well it does on the held-out rows; empty where none is held out.
  let heldOut: [Metric]
  /// How well its trees do on the training rows that they did not see.
  let outOfBag: [Metric]

  /// Trains on `1 − options.testFraction` of the rows whose target is known.
  init(_ table: LearningTable, options: ModelOptions, seed: UInt64, workers: Workers) {
    var splitting = SeededGenerator(seed: seed, purpose: .split)
    split = HoldOut(table.target, fraction: options.testFraction, using: &splitting)
    training = table.dataset(split.training)
    var growing = SeededGenerator(seed: seed, purpose: .tree)
    trees = options.trees
    model = options.forest.fit(training, workers: workers, using: &growing)
    let rest = table.dataset(split.heldOut)
    heldOut = Metrics.of(model.predict(rest.rows, workers: workers), target: rest.target)
    let predictions = model.outOfBag
    let measured = (0..<training.count).filter { !predictions[$0, 0].isNaN }
    outOfBag = Metrics.of(predictions.selectingRows(measured), target: training.target.selectingRows(measured))
  }
}
