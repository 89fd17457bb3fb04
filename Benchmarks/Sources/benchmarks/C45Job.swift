import Learning
import Rules
import Tensors
import Trees

/// C4.5 and C4.5rules on three of four rows of 19,020 x 10, measured on the others.
enum C45Job {
  private static let repeats = 5

  /// The tree, with its pruning.
  static func tree(_ folder: String, workers: Workers) throws {
    try measure("c45-magic", folder, workers) { C45().fit($0, workers: workers) }
  }

  /// The rules, with the tree that they come from.
  static func rules(_ folder: String, workers: Workers) throws {
    try measure("c45rules-magic", folder, workers) { C45Rules().fit($0, workers: workers) }
  }

  private static func measure(
    _ job: String, _ folder: String, _ workers: Workers, _ fit: (Dataset) -> any Predictor
  ) throws {
    let data = try InputTable.read("\(folder)/magic.csv.gz", workers: workers)
    let training = data.selectingRows((0..<data.count).filter { $0 % 4 != 0 })
    let test = data.selectingRows((0..<data.count).filter { $0 % 4 == 0 })
    var samples: [Double] = []
    var figures: [Metric] = []
    for _ in 0..<repeats {
      let (elapsed, model) = Measurement.milliseconds { fit(training) }
      samples.append(elapsed)
      figures = Metrics.of(try model.predict(test.rows, workers: workers), target: test.target)
    }
    try Measurement(
      job: job, unit: "ms", samples: samples, threads: workers.count,
      testAccuracy: figures.first { $0.name == "accuracy" }?.value
    ).report()
  }
}
