import DataFrames
import Learning
import Tensors

/// Tables whose columns are at the border of what can be learned from.
enum HardTables: String, CaseIterable {
  case constant, allMissing, oneRow, huge, tiny, farFromZero, oneLevel, noColumns

  /// Targets of 1 to 4 rows and more: numbers, two classes, and two of which one has no row.
  static let targets: [Target] = [
    .values([1, 2, 4, 3]), .values([5, 5, 5, 5]), .values([-1.5e308, 1.5e308, 0, 1]),
    .classes([0, 1, 1, 0], names: ["a", "b"]), .classes([1, 1, 1, 1], names: ["a", "b"]),
    .classes([0, 0, 0, 0], names: ["a"]),
  ]

  /// The column, for four rows.
  private var cells: [Double] {
    switch self {
    case .constant: [7, 7, 7, 7]
    case .allMissing: [.nan, .nan, .nan, .nan]
    case .oneRow: [3]
    case .huge: [1.7e308, -1.7e308, 1e300, 0]
    case .tiny: [.leastNonzeroMagnitude, 2 * .leastNonzeroMagnitude, 0, -.leastNonzeroMagnitude]
    case .farFromZero: [1e15, 1e15 + 1, 1e15 + 2, .nan]
    case .oneLevel: [0, 0, 0, 0]
    case .noColumns: []
    }
  }

  /// The table with a target, of which a table of one row takes the first value.
  func dataset(_ target: Target) -> Dataset {
    let rows = self == .oneRow ? 1 : 4
    return Dataset(
      features: features, rows: Matrix(rows: rows, columns: features.count, elements: cells),
      target: target.selectingRows(Array(0..<rows)))
  }

  private var features: [Feature] {
    switch self {
    case .noColumns: []
    case .oneLevel: [Feature(name: "x", kind: .category(levels: ["only", "never"]))]
    default: [Feature(name: "x", kind: .number)]
    }
  }

  /// Rows to predict that training had not.
  var probes: Matrix {
    let values = [0, 1, .nan, 1e308, -1e308, .infinity, -.infinity, .leastNonzeroMagnitude]
    return Matrix(
      rows: values.count, columns: features.count,
      elements: self == .noColumns ? [] : self == .oneLevel ? values.map { $0 == 1 ? 1 : .nan } : values)
  }
}
