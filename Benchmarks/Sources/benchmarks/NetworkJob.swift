import Learning
import Networks
import Tensors

/// A network 30-64-64-2 on 100,000 x 30: one epoch with batches of 256 rows and Adam, and prediction of the same rows.
enum NetworkJob {
  /// The number of times each is done.
  private static let repetitions = 5

  /// Trains and predicts.
  static func run(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/forest-100k.csv", workers: workers)
    let epoch = NeuralNetwork(epochs: 1, batchSize: 256, validationShare: 0)
    var fits: [Double] = []
    var predictions: [Double] = []
    var figures: [Metric] = []
    for _ in 0..<repetitions {
      var generator = SeededGenerator(seed: 0, purpose: .network)
      let (fit, model) = try Measurement.milliseconds { try epoch.fit(data, workers: workers, using: &generator) }
      let (prediction, answers) = Measurement.milliseconds { model.predict(data.rows, workers: workers) }
      fits.append(fit)
      predictions.append(Double(data.count) / prediction * 1000)
      figures = Metrics.of(answers, target: data.target)
    }
    try Measurement(
      job: "network-100k/epoch", unit: "ms", samples: fits, threads: workers.count,
      trainingAccuracy: figures.first { $0.name == "accuracy" }?.value
    ).report()
    try Measurement(
      job: "network-100k/predict", unit: "rows/s", samples: predictions, threads: workers.count
    ).report()
  }
}
