public import DataFrames
public import Tensors

/// Rows to learn from: features in the user's columns and a target.
public struct Dataset: Sendable, Equatable {
  /// What each column of `rows` is.
  public let features: [Feature]
  /// The feature values, `[count, features]`: numbers, indices of categories, NaN where a cell is missing.
  public let rows: Matrix
  /// The target, one value a row.
  public let target: Target

  /// A data set over features, a matrix `[n, features.count]` and a target of n values.
  public init(features: [Feature], rows: Matrix, target: Target) {
    precondition(
      rows.columns == features.count && rows.rows == target.count,
      "Dataset: rows [\(rows.rows), \(rows.columns)], \(features.count) features, \(target.count) targets")
    self.features = features
    self.rows = rows
    self.target = target
  }

  /// The number of rows.
  public var count: Int { rows.rows }

  /// For each feature the number of its categories, or nil for numbers.
  public var levelCounts: [Int?] { features.map(\.levelCount) }

  /// The given rows, in the given order.
  public func selectingRows(_ indices: [Int]) -> Dataset {
    Dataset(features: features, rows: rows.selectingRows(indices), target: target.selectingRows(indices))
  }
}
