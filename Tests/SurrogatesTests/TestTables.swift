import DataFrames
import Foundation
import Learning
import Tensors

/// Tables that the tests of this target share.
enum TestTables {
  /// The repository's folder, from this file's own place.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A table of Data/ with the target of the given name.
  static func dataset(_ file: String, target: String, columns: [String]? = nil) throws -> Dataset {
    let frame = try CSVReader(options: .init()).read(
      path: root.appending(path: "Data").appending(path: file).path, workers: .one)
    let wanted = frame.columns.indices.filter {
      let column = frame.columns[$0]
      return column.name != target && !column.isIdentifier && (columns?.contains(column.name) ?? true)
    }
    let encoding = Encoding(of: frame, columns: wanted)
    let place = try frame.index(ofColumn: target)
    let all = Dataset(
      features: encoding.features, rows: encoding.encode(frame), target: try Target(frame.columns[place]))
    return all.selectingRows(all.target.knownRows)
  }

  /// A random table of numbers, categories and missing cells, whose target depends on some of them.
  static func random(rows: Int, classes: Int, seed: UInt64) -> Dataset {
    var generator = SeededGenerator(seed: seed, purpose: .test)
    let features = [
      Feature(name: "a", kind: .number), Feature(name: "b", kind: .number),
      Feature(name: "c", kind: .category(levels: ["u", "v", "w", "x", "y"])), Feature(name: "d", kind: .number),
      Feature(name: "constant", kind: .number),
    ]
    var matrix = Matrix(rows: rows, columns: features.count)
    var codes: [Int] = []
    var values: [Double] = []
    for row in 0..<rows {
      matrix[row, 0] = NormalDistribution.quantile(generator.uniform())
      matrix[row, 1] = generator.uniform() < 0.1 ? .nan : (generator.uniform() * 6).rounded()
      matrix[row, 2] = generator.uniform() < 0.05 ? .nan : Double(UInt32.random(in: 0..<5, using: &generator))
      matrix[row, 3] = generator.uniform() < 0.6 ? 0 : generator.uniform()
      matrix[row, 4] = 7
      let signal =
        matrix[row, 0] + (matrix[row, 1].isNaN ? 1.5 : 0.3 * matrix[row, 1]) + (matrix[row, 2] == 2 ? 1 : 0)
        + generator.uniform()
      values.append(signal)
      codes.append(min(classes - 1, max(0, Int(signal))))
    }
    for index in 0..<classes { codes[index] = index }
    let target: Target =
      classes > 1 ? .classes(codes, names: (0..<classes).map { "class \($0)" }) : .values(values)
    return Dataset(features: features, rows: matrix, target: target)
  }
}
