import DataFrames
import Learning
import ModelFiles
import Tensors

/// A forest of 100 grown trees from an ONNX file: loading, prediction of 100,000 x 30, and of one row at a time.
enum ModelFileJob {
  /// Loads and predicts once.
  static func run(_ folder: String, workers: Workers) throws {
    let data = try InputTable.read("\(folder)/forest-100k.csv", workers: workers)
    let (loading, model) = try Measurement.milliseconds { () throws -> FileModel in
      let bytes = try FileBytes.read(path: "\(folder)/forest-100k.onnx", workers: workers)
      let file = try ONNXModel(bytes: bytes)
      let inputs = try ModelInputs(file.graph, columnCount: data.rows.columns)
      return try FileModel(
        file, inputs: inputs, features: data.features, classNames: nil, isClassification: true)
    }
    try Measurement(job: "onnx-forest/load", unit: "ms", samples: [loading], threads: workers.count).report()
    let (prediction, answers) = try Measurement.milliseconds { try model.predict(data.rows, workers: workers) }
    let figures = Metrics.of(answers, target: data.target)
    try Measurement(
      job: "onnx-forest/predict", unit: "rows/s", samples: [Double(data.count) / prediction * 1000],
      threads: workers.count, trainingAccuracy: figures.first { $0.name == "accuracy" }?.value
    ).report()
    let rows = (0..<1000).map { data.rows.selectingRows([$0]) }
    let (single, _) = try Measurement.milliseconds {
      for row in rows { _ = try model.predict(row, workers: workers) }
    }
    try Measurement(
      job: "onnx-forest/one row", unit: "ms", samples: [single / Double(rows.count)], threads: workers.count
    ).report()
  }
}
