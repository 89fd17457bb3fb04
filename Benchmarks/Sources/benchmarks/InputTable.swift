import DataFrames
import Learning
import Tensors

/// An input file as a data set: the last column is the target, and columns that only tell the rows apart are left out.
enum InputTable {
  /// Reads a file whose rows all have a target.
  static func read(_ path: String, workers: Workers) throws -> Dataset {
    let frame = try CSVReader(options: .init()).read(path: path, workers: workers)
    let last = frame.columns.count - 1
    let features = (0..<last).filter { !frame.columns[$0].isIdentifier }
    let encoding = Encoding(of: frame, columns: features)
    return Dataset(
      features: encoding.features, rows: encoding.encode(frame), target: try Target(frame.columns[last]))
  }
}
