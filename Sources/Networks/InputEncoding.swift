public import DataFrames
public import Tensors

/// The way from the user's columns to the inputs of a network or a linear model.
///
/// A column of numbers gives one standardised input, and an indicator where training had missing cells; a missing
/// number is the training mean, that is 0. A category gives one input, 0 or 1, for each level that training had, and
/// one for a missing cell where training had one. A column that was the same in all training rows gives no input.
public struct InputEncoding: Sendable, Equatable {
  /// One input.
  public struct Input: Sendable, Equatable {
    /// The index of the user's column.
    public let column: Int
    /// What the input says of the column's cell.
    public let source: Source
  }

  /// What an input says of a cell.
  public enum Source: Sendable, Equatable {
    /// The number itself, standardised; 0 where the cell is missing.
    case number(Standardization)
    /// Whether the cell is the level of the given index: 1 or 0.
    case level(Int)
    /// Whether the cell is missing: 1 or 0.
    case missing
  }

  /// A standardised number is cut at ± this many deviations: no number of fewer than 10⁸ training rows reaches it, as
  /// |z| ≤ √rows, and no number outside can overflow what follows.
  public static let limit = 1e4

  /// The inputs, in the order of the user's columns.
  public let inputs: [Input]
  /// For each of the user's columns the places of its inputs in `inputs`.
  public let places: [Range<Int>]

  /// The encoding that suits the given training rows.
  /// - Parameters:
  ///   - features: what the columns are.
  ///   - rows: the training rows, `[n, features.count]`.
  ///   - workers: the threads that may share the work.
  /// - Throws: `FitError.infiniteCell`.
  /// - Complexity: O(n · features)
  public init(_ features: [Feature], rows: Matrix, workers: Workers) throws {
    let parts = Workers.ranges(features.count, size: 8)
    let sources = try workers.silent.tryMap(count: parts.count) { part in
      try parts[part].map { try Self.sources(features[$0], of: $0, in: rows) }
    }
    var inputs: [Input] = []
    var places: [Range<Int>] = []
    for (column, sources) in sources.joined().enumerated() {
      places.append(inputs.count..<inputs.count + sources.count)
      inputs += sources.map { Input(column: column, source: $0) }
    }
    self.inputs = inputs
    self.places = places
  }

  /// The inputs of one column.
  private static func sources(_ feature: Feature, of column: Int, in rows: Matrix) throws -> [Source] {
    var known: [Double] = []
    known.reserveCapacity(rows.rows)
    for row in 0..<rows.rows {
      let cell = rows[row, column]
      if cell.isInfinite { throw FitError.infiniteCell(column: feature.name, row: row + 1) }
      if !cell.isNaN { known.append(cell) }
    }
    let missing: [Source] = known.count < rows.rows && !known.isEmpty ? [.missing] : []
    switch feature.kind {
    case .number: return (Standardization(known).map { [.number($0)] } ?? []) + missing
    case .category(let levels):
      var occurs = [Bool](repeating: false, count: levels.count)
      for code in known { occurs[Int(code)] = true }
      let present = levels.indices.filter { occurs[$0] }
      return present.count + missing.count < 2 ? [] : present.map { .level($0) } + missing
    }
  }

  /// The inputs of some rows, one after the other: `[range.count, inputs.count]`.
  func encode(_ rows: Matrix, _ range: Range<Int>) -> [Double] {
    let count = range.count * inputs.count
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      encode(rows, range, into: buffer)
      initialized = count
    }
  }

  /// Writes the inputs of some rows one after the other, from the start of `target`.
  /// - Parameters:
  ///   - rows: rows in the user's columns.
  ///   - range: which of them.
  ///   - target: room for `[range.count, inputs.count]`.
  func encode<Scalar: BinaryFloatingPoint>(
    _ rows: Matrix, _ range: Range<Int>, into target: UnsafeMutableBufferPointer<Scalar>
  ) {
    precondition(
      rows.columns == places.count && target.count >= range.count * inputs.count,
      "InputEncoding: rows [\(rows.rows), \(rows.columns)], \(places.count) columns")
    rows.elements.withUnsafeBufferPointer { cells in
      var place = 0
      for row in range {
        for input in inputs {
          let cell = cells[row * rows.columns + input.column]
          let value: Double
          switch input.source {
          case .number(let standardization):
            value = cell.isNaN ? 0 : max(-Self.limit, min(Self.limit, standardization.standardize(cell)))
          case .level(let level): value = cell == Double(level) ? 1 : 0
          case .missing: value = cell.isNaN ? 1 : 0
          }
          target[place] = Scalar(value)
          place += 1
        }
      }
    }
  }
}
