/// A dense matrix of `Double`, row-major: element (r, c) is `elements[r * columns + c]`.
///
/// The numbers of tables and statistics. A missing cell is NaN.
public struct Matrix: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// All elements, row after row: `[rows * columns]`.
  public var elements: [Double]

  /// A matrix of the given shape with the same value everywhere.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
  }

  /// A matrix over `elements`, row-major, of count `rows * columns`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "Matrix: \(elements.count) elements do not fill [\(rows), \(columns)]")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element at `row` and `column`, both from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements of one row, without a copy.
  @inlinable
  public func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The given rows, in the given order.
  /// - Complexity: O(`indices.count` · `columns`)
  public func selectingRows(_ indices: some Collection<Int>) -> Matrix {
    var selected: [Double] = []
    selected.reserveCapacity(indices.count * columns)
    for index in indices { selected.append(contentsOf: row(index)) }
    return Matrix(rows: indices.count, columns: columns, elements: selected)
  }

  /// The given columns, in the given order.
  /// - Complexity: O(`rows` · `indices.count`)
  public func selectingColumns(_ indices: [Int]) -> Matrix {
    var selected: [Double] = []
    selected.reserveCapacity(indices.count * rows)
    for row in 0..<rows { for index in indices { selected.append(elements[row * columns + index]) } }
    return Matrix(rows: rows, columns: indices.count, elements: selected)
  }
}
