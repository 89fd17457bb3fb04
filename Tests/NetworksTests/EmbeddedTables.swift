import DataFrames
import Foundation
import Learning
import Tensors

/// Tables that the tests of this target share.
enum EmbeddedTables {
  /// The repository's folder, from this file's own place.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A table of Data/ with the target of the given name, without rows whose target is missing.
  static func dataset(_ file: String, target: String) throws -> Dataset {
    let frame = try CSVReader(options: .init()).read(path: root.appending(path: "Data/\(file)").path, workers: .one)
    let wanted = frame.columns.indices.filter {
      frame.columns[$0].name != target && !frame.columns[$0].isIdentifier
    }
    let encoding = Encoding(of: frame, columns: wanted)
    let all = Dataset(
      features: encoding.features, rows: encoding.encode(frame),
      target: try Target(frame.columns[try frame.index(ofColumn: target)]))
    return all.selectingRows(all.target.knownRows)
  }

  /// A table of numbers and words with missing cells, and numbers or classes that depend on them.
  static func random(rows: Int, classes: Int, seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let features =
      ["a", "b", "c"].map { Feature(name: $0, kind: .number) }
      + [Feature(name: "word", kind: .category(levels: ["u", "v", "w"]))]
    var matrix = Matrix(rows: rows, columns: features.count)
    var values: [Double] = []
    for row in 0..<rows {
      for column in 0..<3 {
        let isMissing = column == 1 && generator.uniform() < 0.1
        matrix[row, column] = isMissing ? .nan : NormalDistribution.quantile(generator.uniform())
      }
      matrix[row, 3] = generator.uniform() < 0.05 ? .nan : Double(UInt32.random(in: 0..<3, using: &generator))
      values.append(
        matrix[row, 0] + (matrix[row, 1].isNaN ? 1 : matrix[row, 1] * matrix[row, 1]) + (matrix[row, 3] == 2 ? 2 : 0))
    }
    let target: Target =
      classes == 0
      ? .values(values)
      : .classes(values.map { min(classes - 1, max(0, Int($0))) }, names: (0..<classes).map { "class \($0)" })
    return Dataset(features: features, rows: matrix, target: target)
  }
}
