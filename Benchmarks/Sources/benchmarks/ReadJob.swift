import DataFrames
import FoundationEssentials
import Tensors

/// Reading a CSV file into a typed table.
enum ReadJob {
  /// Reads `folder/name.csv` once.
  static func run(_ name: String, _ folder: String, workers: Workers) throws {
    let path = "\(folder)/\(name).csv"
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let (elapsed, frame) = try Measurement.milliseconds {
      try CSVReader(options: .init()).read(path: path, workers: workers)
    }
    try Measurement(
      job: name, unit: "ms", samples: [elapsed], threads: workers.count, rows: frame.rowCount,
      columns: frame.columns.count, megabytes: Double(size) / 1e6
    ).report()
  }
}
