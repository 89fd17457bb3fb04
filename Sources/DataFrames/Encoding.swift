public import Tensors

/// One of the user's columns as a model sees it: a name and what its numbers stand for.
public struct Feature: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// What the numbers stand for.
  public let kind: Kind

  /// What the numbers of a column stand for.
  public enum Kind: Sendable, Equatable {
    /// Themselves.
    case number
    /// Indices into a list of words.
    case category(levels: [String])
  }

  /// A feature of the given name and kind.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// The number of categories, or nil for a column of numbers.
  public var levelCount: Int? {
    switch kind {
    case .number: nil
    case .category(let levels): levels.count
    }
  }
}

/// The way from a table to the numbers of a model, one column for one column, and back.
///
/// A column of numbers is itself; a category is the index of its word, in the order of the column's sorted levels;
/// a missing cell is NaN. Whatever else a model needs (indicators, scaling) happens inside the model, so that every
/// explanation speaks of the user's own columns.
public struct Encoding: Sendable, Equatable {
  /// The features, in the order of the matrix's columns.
  public let features: [Feature]
  /// The names by which `encode` finds the features in a table: the index of each in the table it was made for.
  let indices: [Int]

  /// The encoding of the columns of `frame` with the given indices.
  public init(of frame: DataFrame, columns indices: [Int]) {
    self.indices = indices
    features = indices.map { index in
      let column = frame.columns[index]
      switch column.values {
      case .numbers: return Feature(name: column.name, kind: .number)
      case .words(_, let levels): return Feature(name: column.name, kind: .category(levels: levels))
      }
    }
  }

  /// The encoding into features that a model has, from the columns of a table with the given indices.
  public init(features: [Feature], columns indices: [Int]) {
    precondition(features.count == indices.count, "Encoding: \(indices.count) columns for \(features.count) features")
    self.features = features
    self.indices = indices
  }

  /// The matrix of all rows of the table that the encoding was made for: `[rows, features]`.
  /// - Complexity: O(rows · features)
  public func encode(_ frame: DataFrame) -> Matrix {
    let width = features.count
    var matrix = Matrix(rows: frame.rowCount, columns: width, repeating: .nan)
    for (place, index) in indices.enumerated() {
      switch frame.columns[index].values {
      case .numbers(let numbers):
        for row in 0..<frame.rowCount { matrix.elements[row * width + place] = numbers[row] }
      case .words(let codes, _):
        for row in 0..<frame.rowCount where codes[row] >= 0 {
          matrix.elements[row * width + place] = Double(codes[row])
        }
      }
    }
    return matrix
  }
}
