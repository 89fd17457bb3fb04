public import DataFrames
import RealModule
public import Tensors

/// What keeps a linear regression from being fitted.
public enum RegressionError: Error, Equatable, CustomStringConvertible {
  /// There are not more rows than terms.
  case tooFewRows(rows: Int, terms: Int)
  /// More terms than a dense factorization is made for.
  case tooManyTerms(count: Int, largest: String)
  /// The target has one value in all rows.
  case constantTarget
  /// A column is the target itself.
  case columnIsTarget(column: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .tooFewRows(let rows, let terms):
      "\(terms) terms and \(rows) complete rows: least squares with t-tests needs more rows than terms; keep the "
        + "columns that go best with the target with --top N"
    case .tooManyTerms(let count, let largest):
      "\(count) terms are too many for a regression table; most of them come from \"\(largest)\": leave it out with "
        + "--drop, or keep the columns that go best with the target with --top N"
    case .constantTarget: "the target has one value in all complete rows, so there is nothing to explain"
    case .columnIsTarget(let column):
      "\"\(column)\" is the target itself in all complete rows; leave it out with --drop"
    }
  }
}

/// Ordinary least squares with t-tests: y = Xβ + e.
///
/// X is factored by Householder reflections in blocks of rows, whose triangles are factored together (TSQR: Demmel,
/// Grigori, Hoemmen and Langou, 2012), so that the digits do not depend on the number of threads; the small triangle
/// then by R's rule for columns that others make up (`LimitedPivoting`). XᵀX is never made, so no digits are lost to
/// squared conditioning; and beside a constant every column is first shifted by its own value that is nearest to its
/// mean, which changes the first row of the triangle alone and keeps the digits of columns whose mean is large beside
/// their spread.
public struct LinearRegression: Sendable, Equatable {
  /// What the standard errors assume of the noise.
  public enum Errors: String, Sendable, Equatable, CaseIterable {
    /// The same variance in every row: σ²(XᵀX)⁻¹.
    case classical
    /// A variance of its own in each row, (XᵀX)⁻¹ Xᵀ diag(eᵢ² / (1 − hᵢ)²) X (XᵀX)⁻¹ (MacKinnon and White, *Some
    /// heteroskedasticity-consistent covariance matrix estimators*, Journal of Econometrics 29, 1985: HC3).
    case hc3
  }

  /// Whether there is a constant term.
  public var hasIntercept: Bool
  /// What the standard errors assume.
  public var errors: Errors
  /// The confidence of the intervals, in 0..<1.
  public var confidence: Double

  /// The most terms.
  public static let termLimit = 4_000
  /// The least number of rows in a block; part of the digits, not of the threads.
  private static let blockRows = 1_024

  /// A regression with a constant, classical errors and 95 % intervals unless told.
  public init(hasIntercept: Bool = true, errors: Errors = .classical, confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1, "LinearRegression: confidence \(confidence)")
    self.hasIntercept = hasIntercept
    self.errors = errors
    self.confidence = confidence
  }

  /// Fits the regression.
  /// - Parameters:
  ///   - features: the user's columns.
  ///   - rows: `[n, features]`, all finite, categories as codes.
  ///   - values: y, of count n, all finite.
  ///   - workers: share the blocks of rows.
  /// - Returns: the table of coefficients and what judges it.
  /// - Throws: `RegressionError`.
  /// - Complexity: O(n · terms² + terms³)
  public func fit(
    _ features: [Feature], rows: Matrix, values: [Double], workers: Workers
  ) throws(RegressionError) -> LinearRegressionFit {
    precondition(
      rows.rows == values.count && rows.columns == features.count,
      "LinearRegression: \(features.count) features, \(values.count) values for \(rows.rows) x \(rows.columns)")
    let coding = TreatmentCoding(features, rows: rows, hasIntercept: hasIntercept)
    let count = coding.terms.count
    if values.allSatisfy({ $0 == values.first }) { throw .constantTarget }
    if let column = Self.twin(of: values, features, rows) { throw .columnIsTarget(column: features[column].name) }
    if count >= values.count { throw .tooFewRows(rows: values.count, terms: count) }
    if count > Self.termLimit {
      throw .tooManyTerms(count: count, largest: features[Self.largest(coding, features.count)].name)
    }
    // Beside y the constant is a right side where it is no column: it tells whether the columns make it up.
    let sides = hasIntercept ? 1 : 2
    let blocks = Workers.ranges(values.count, size: max(Self.blockRows, 4 * (count + sides)))
    let (height, upper) = Self.triangle(coding, rows, values, sides, blocks, workers)
    let system = LimitedPivoting(upper: upper, rows: height, columns: count, rightSides: sides)
    if system.rank >= values.count { throw .tooFewRows(rows: values.count, terms: system.rank) }
    let kept = system.solution(sides - 1, rows: height)
    var estimates = [Double](repeating: 0, count: count)
    for (place, term) in system.kept.enumerated() { estimates[term] = kept[place] }
    let fitted = workers.map(count: blocks.count) { [estimates] in
      coding.predict(estimates, rows, blocks[$0])
    }.flatMap { $0 }
    let residuals = zip(values, fitted).map { $0 - $1 }
    let inverse = system.inverse()
    let hasConstant =
      hasIntercept
      || system.residual(0, rows: height).squareRoot() < LimitedPivoting.tolerance * Double(values.count).squareRoot()
    let robust =
      errors == .hc3
      ? HC3(coding, system, inverse: inverse, rows: rows, residuals: residuals, blocks: blocks, workers: workers) : nil
    return LinearRegressionFit(
      self, coding, system, inverse: inverse, values: values, residuals: residuals, estimates: estimates,
      residualSquares: system.residual(sides - 1, rows: height), hasConstant: hasConstant, robust: robust)
  }

  /// The triangle of X, the constant if it is no column, and y.
  private static func triangle(
    _ coding: TreatmentCoding, _ rows: Matrix, _ values: [Double], _ sides: Int, _ blocks: [Range<Int>],
    _ workers: Workers
  ) -> (height: Int, upper: [Double]) {
    let width = coding.terms.count + sides
    let shifts = sides == 1 ? Self.shifts(coding, rows, values) : [Double](repeating: 0, count: width)
    var parts = workers.map(count: blocks.count) { index in
      let range = blocks[index]
      var block = [Double](repeating: 1, count: range.count * width)
      coding.write(rows, range, into: &block)
      for (place, row) in range.enumerated() { block[(width - 1) * range.count + place] = values[row] }
      for (column, shift) in shifts.enumerated() where shift != 0 {
        for place in (column * range.count)..<((column + 1) * range.count) { block[place] -= shift }
      }
      return (min(range.count, width), LAPACK.triangle(&block, rows: range.count, columns: width))
    }
    while parts.count > 1 {
      let groups = Workers.ranges(parts.count, size: 16)
      let lower = parts
      parts = workers.map(count: groups.count) { index in
        let group = lower[groups[index]]
        let height = group.reduce(0) { $0 + $1.0 }
        var stack = [Double](repeating: 0, count: height * width)
        var start = 0
        for (rows, triangle) in group {
          for column in 0..<width {
            for row in 0..<min(column + 1, rows) {
              stack[column * height + start + row] = triangle[column * rows + row]
            }
          }
          start += rows
        }
        return (min(height, width), LAPACK.triangle(&stack, rows: height, columns: width))
      }
    }
    guard case (let height, var upper)? = parts.first else { return (height: 0, upper: []) }
    // With a shift c the column is c times the constant and the shifted one, and the constant's triangle is its first
    // entry.
    for (column, shift) in shifts.enumerated() where shift != 0 { upper[column * height] += shift * upper[0] }
    return (height: height, upper: upper)
  }

  /// For each number and for y its value nearest to the mean, among the first rows: differences from it are exact where
  /// the cells have few digits.
  private static func shifts(_ coding: TreatmentCoding, _ rows: Matrix, _ values: [Double]) -> [Double] {
    let width = rows.columns
    let n = Double(rows.rows)
    var means = [Double](repeating: 0, count: width)
    for row in 0..<rows.rows { for column in 0..<width { means[column] += rows.elements[row * width + column] } }
    for column in 0..<width { means[column] /= n }
    var nearest = Array(rows.row(0))
    for row in 1..<min(rows.rows, blockRows) {
      for column in 0..<width {
        let cell = rows.elements[row * width + column]
        if (cell - means[column]).magnitude < (nearest[column] - means[column]).magnitude { nearest[column] = cell }
      }
    }
    let mean = values.reduce(0, +) / n
    let middle = values.reduce(values[0]) { ($1 - mean).magnitude < ($0 - mean).magnitude ? $1 : $0 }
    return coding.terms.map { term in term.level == nil ? term.column.map { nearest[$0] } ?? 0 : 0 } + [middle]
  }

  /// The column that equals the target in all rows, if there is one.
  private static func twin(of values: [Double], _ features: [Feature], _ rows: Matrix) -> Int? {
    features.indices.first { column in
      features[column].levelCount == nil
        && values.indices.allSatisfy { rows.elements[$0 * rows.columns + column] == values[$0] }
    }
  }

  /// The column with most terms.
  private static func largest(_ coding: TreatmentCoding, _ columns: Int) -> Int {
    var counts = [Int](repeating: 0, count: columns)
    for term in coding.terms { if let column = term.column { counts[column] += 1 } }
    return counts.argmax()
  }
}
