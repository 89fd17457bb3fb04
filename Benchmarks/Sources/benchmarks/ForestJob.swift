import Learning
import Tensors
import Trees

/// A forest of 100 trees on 100,000 x 30: fit with out-of-bag predictions, and prediction of the same rows.
enum ForestJob {
  /// Fits and predicts once.
  static func run(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/forest-100k.csv", workers: workers)
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let (fit, model) = Measurement.milliseconds {
      RandomForest().fit(data, workers: workers, using: &generator)
    }
    let figures = Metrics.of(model.outOfBag, target: data.target)
    try Measurement(
      job: "forest-100k/fit", unit: "ms", samples: [fit], threads: workers.count,
      oobAccuracy: figures.first { $0.name == "accuracy" }?.value
    ).report()
    let (prediction, _) = Measurement.milliseconds { model.predict(data.rows, workers: workers) }
    try Measurement(
      job: "forest-100k/predict", unit: "rows/s", samples: [Double(data.count) / prediction * 1000],
      threads: workers.count
    ).report()
  }
}
