public import DataFrames
public import Tensors

/// How the user's columns become the columns of a linear regression: a number is itself; of a category each level but
/// the first, in sorted order, has an indicator (treatment coding, R's `contr.treatment`). The first is the reference
/// that the others are compared with. Levels that no row has are left out.
public struct TreatmentCoding: Sendable, Equatable {
  /// One column of the regression.
  public struct Term: Sendable, Equatable {
    /// `(Intercept)`, the column's name, or `column=level`.
    public let name: String
    /// The index of the user's column; nil for the intercept.
    public let column: Int?
    /// The level whose indicator it is.
    public let level: Int?
  }

  /// A category's level that the others are compared with.
  public struct Reference: Sendable, Equatable {
    /// The column's name.
    public let column: String
    /// The level.
    public let level: String
  }

  /// The columns of the regression, the intercept first if there is one.
  public let terms: [Term]
  /// The reference of each category, in the order of the columns.
  public let references: [Reference]

  /// The user's column and the level of each reference.
  private let referenceCodes: [Int: Int]

  /// Codes the columns of rows without missing cells.
  /// - Parameters:
  ///   - features: the user's columns.
  ///   - rows: `[rows, features]`, no cell missing.
  ///   - hasIntercept: whether there is a constant; without it the first category keeps all of its levels.
  /// - Complexity: O(rows · features)
  public init(_ features: [Feature], rows: Matrix, hasIntercept: Bool) {
    var terms = hasIntercept ? [Term(name: "(Intercept)", column: nil, level: nil)] : []
    var references: [Reference] = []
    var referenceCodes: [Int: Int] = [:]
    var needsReference = hasIntercept
    for (column, feature) in features.enumerated() {
      guard case .category(let levels) = feature.kind else {
        terms.append(Term(name: feature.name, column: column, level: nil))
        continue
      }
      var isUsed = [Bool](repeating: false, count: levels.count)
      for row in 0..<rows.rows { isUsed[Int(rows.elements[row * rows.columns + column])] = true }
      var used = levels.indices.filter { isUsed[$0] }[...]
      if needsReference, let first = used.popFirst() {
        references.append(Reference(column: feature.name, level: levels[first]))
        referenceCodes[column] = first
      }
      if !levels.isEmpty { needsReference = true }
      terms += used.map { Term(name: "\(feature.name)=\(levels[$0])", column: column, level: $0) }
    }
    self.terms = terms
    self.references = references
    self.referenceCodes = referenceCodes
  }

  /// Writes the regression's columns of some rows, column-major, from the start of `block`.
  /// - Complexity: O(range · terms)
  func write(_ rows: Matrix, _ range: Range<Int>, into block: inout [Double]) {
    let height = range.count
    let width = rows.columns
    rows.elements.withUnsafeBufferPointer { cells in
      block.withUnsafeMutableBufferPointer { block in
        for (place, term) in terms.enumerated() {
          let start = place * height
          guard let column = term.column else {
            for row in 0..<height { block[start + row] = 1 }
            continue
          }
          var cell = range.lowerBound * width + column
          if let level = term.level {
            let code = Double(level)
            for row in 0..<height {
              block[start + row] = cells[cell] == code ? 1 : 0
              cell += width
            }
          } else {
            for row in 0..<height {
              block[start + row] = cells[cell]
              cell += width
            }
          }
        }
      }
    }
  }

  /// Predicts rows.
  /// - Parameters:
  ///   - estimates: one a term.
  ///   - rows: `[rows, features]`.
  ///   - range: which of them; all if nil.
  /// - Returns: Σ estimate · term; NaN where a cell is missing or has a level that the coding does not know.
  /// - Complexity: O(rows · features)
  public func predict(_ estimates: [Double], _ rows: Matrix, _ range: Range<Int>? = nil) -> [Double] {
    precondition(
      estimates.count == terms.count, "TreatmentCoding: \(estimates.count) estimates of \(terms.count) terms")
    var constant = 0.0
    var slopes = [Double](repeating: 0, count: rows.columns)
    var effects = [[Int: Double]](repeating: [:], count: rows.columns)
    for (term, estimate) in zip(terms, estimates) {
      guard let column = term.column else {
        constant += estimate
        continue
      }
      if let level = term.level { effects[column][level] = estimate } else { slopes[column] = estimate }
    }
    for (column, level) in referenceCodes { effects[column][level] = 0 }
    let isCategory = effects.map { !$0.isEmpty }
    return (range ?? 0..<rows.rows).map { row in
      var sum = constant
      for column in 0..<rows.columns {
        let cell = rows.elements[row * rows.columns + column]
        if cell.isNaN { return .nan }
        sum += isCategory[column] ? effects[column][Int(cell)] ?? .nan : slopes[column] * cell
      }
      return sum
    }
  }
}
