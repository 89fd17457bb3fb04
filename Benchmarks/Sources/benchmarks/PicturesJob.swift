import DataFrames
import Learning
import Networks
import Tensors
import Trees

/// Handwritten digits, 60,000 pictures of 28 x 28 to learn from and 10,000 to be measured on: a forest of 100 trees,
/// and ten epochs of a network 784-128-10.
enum PicturesJob {
  /// Fits both once.
  static func run(_ folder: String, workers: Workers) throws {
    let training = try pictures("\(folder)/train", workers: workers)
    let test = try pictures("\(folder)/t10k", workers: workers)
    func report(_ name: String, _ elapsed: Double, _ predictions: Matrix) throws {
      let figures = Metrics.of(predictions, target: test.target)
      try Measurement(
        job: "mnist/\(name)", unit: "ms", samples: [elapsed], threads: workers.count,
        testAccuracy: figures.first { $0.name == "accuracy" }?.value
      ).report()
    }
    var generator = SeededGenerator(seed: 0, purpose: .tree)
    let (grown, forest) = Measurement.milliseconds {
      RandomForest().fit(training, workers: workers, using: &generator)
    }
    try report("forest", grown, forest.predict(test.rows, workers: workers))
    let tenEpochs = NeuralNetwork(hidden: [128], epochs: 10, batchSize: 64, validationShare: 0)
    let (trained, network) = try Measurement.milliseconds {
      try tenEpochs.fit(training, workers: workers, using: &generator)
    }
    try report("network", trained, network.predict(test.rows, workers: workers))
  }

  /// The pictures of one part, with their digits.
  static func pictures(_ prefix: String, workers: Workers) throws -> Dataset {
    let frame = try IDXReader().read(
      DataFile(path: "\(prefix)-images-idx3-ubyte.gz", workers: workers),
      labels: DataFile(path: "\(prefix)-labels-idx1-ubyte.gz", workers: workers), workers: workers)
    let last = frame.columns.count - 1
    let encoding = Encoding(of: frame, columns: Array(0..<last))
    return Dataset(
      features: encoding.features, rows: encoding.encode(frame), target: try Target(frame.columns[last]))
  }
}
