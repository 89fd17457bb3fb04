/// A least-squares system in triangular form, with columns that the ones before them make up moved to the end.
///
/// R's rule (LINPACK's `dqrdc2`, R Core Team): the columns are taken from left to right, and one whose part orthogonal
/// to those before it has less than 1e-7 of its norm is moved behind all others. So of two equal columns the first is
/// kept, and the columns that are kept stay in order.
struct LimitedPivoting: Sendable, Equatable {
  /// The columns that are kept, in order; their number is the rank.
  let kept: [Int]
  /// The columns that were moved to the end, in order.
  let aliased: [Int]
  /// For each kept column, row by row: R, `[rank, rank]`, row-major, zero below its diagonal.
  let triangle: [Double]
  /// For each aliased column, the factors of the kept columns that make it up: `[aliased, rank]`, row-major.
  let factors: [Double]
  /// Qᵀb for each right side: `[right sides, rows]`, row-major.
  let rightSides: [Double]
  /// The Euclidean norm of each column.
  let norms: [Double]

  /// The share of a column's norm below which it is taken for a sum of others.
  static let tolerance = 1e-7

  var rank: Int { kept.count }

  /// Factors a system that is triangular already.
  /// - Parameters:
  ///   - upper: `[rows, columns + rightSides]`, column-major, zero below its diagonal.
  ///   - rows: the number of rows.
  ///   - columns: the number of columns of the matrix; what is right of them are right sides.
  ///   - count: the number of right sides.
  /// - Complexity: O(`columns`²), and O(`columns`²) more for each column that is moved
  init(upper: [Double], rows: Int, columns: Int, rightSides count: Int) {
    var matrix = upper
    var norms = [Double](repeating: 0, count: columns)
    for column in 0..<columns { norms[column] = Self.norm(matrix, column * rows, rows) }
    var kept: [Int] = []
    var aliased: [Int] = []
    var reflection = [Double](repeating: 0, count: rows)
    for column in 0..<columns {
      let step = kept.count
      // Reflections never reach below a column's own place in the triangle.
      let end = min(column + 1, rows)
      let rest = Self.norm(matrix, column * rows + step, max(0, end - step))
      if step >= rows || rest <= norms[column] * Self.tolerance || rest == 0 {
        aliased.append(column)
        continue
      }
      kept.append(column)
      if end - step > 1 {
        Self.reflect(&matrix, &reflection, rows, column, step, end, rest, columns + count)
      }
    }
    let rank = kept.count
    var triangle = [Double](repeating: 0, count: rank * rank)
    for (place, column) in kept.enumerated() {
      for row in 0...place { triangle[row * rank + place] = matrix[column * rows + row] }
    }
    self.kept = kept
    self.aliased = aliased
    self.triangle = triangle
    self.norms = norms
    factors = aliased.flatMap { column in
      Self.solve(triangle, rank, Array(matrix[(column * rows)..<(column * rows + rank)]))
    }
    rightSides = Array(matrix[(columns * rows)...])
  }

  /// The solution of R x = b for the first `rank` entries of right side `index`.
  func solution(_ index: Int, rows: Int) -> [Double] {
    Self.solve(triangle, rank, Array(rightSides[(index * rows)..<(index * rows + rank)]))
  }

  /// The squared norm of what the kept columns leave of right side `index`.
  func residual(_ index: Int, rows: Int) -> Double {
    var sum = 0.0
    for place in (index * rows + rank)..<(index * rows + rows) { sum += rightSides[place] * rightSides[place] }
    return sum
  }

  /// R⁻¹, `[rank, rank]`, row-major.
  /// - Complexity: O(rank³)
  func inverse() -> [Double] {
    let rank = rank
    var inverse = [Double](repeating: 0, count: rank * rank)
    for row in stride(from: rank - 1, through: 0, by: -1) {
      let pivot = triangle[row * rank + row]
      inverse[row * rank + row] = 1 / pivot
      for inner in (row + 1)..<max(rank, row + 1) {
        let factor = triangle[row * rank + inner] / pivot
        if factor == 0 { continue }
        for column in inner..<rank { inverse[row * rank + column] -= factor * inverse[inner * rank + column] }
      }
    }
    return inverse
  }

  private static func norm(_ matrix: [Double], _ start: Int, _ count: Int) -> Double {
    var largest = 0.0
    for place in start..<(start + count) { largest = max(largest, matrix[place].magnitude) }
    if largest == 0 { return 0 }
    var sum = 0.0
    for place in start..<(start + count) {
      let share = matrix[place] / largest
      sum += share * share
    }
    return largest * sum.squareRoot()
  }

  /// Turns rows `step` to `end` so that of `column` only row `step` is left, in it and in all columns after it.
  private static func reflect(
    _ matrix: inout [Double], _ reflection: inout [Double], _ rows: Int, _ column: Int, _ step: Int, _ end: Int,
    _ norm: Double, _ columns: Int
  ) {
    let start = column * rows
    let head = matrix[start + step]
    let pivot = head > 0 ? -norm : norm
    for row in step..<end { reflection[row] = matrix[start + row] / norm }
    reflection[step] -= pivot / norm
    var square = 0.0
    for row in step..<end { square += reflection[row] * reflection[row] }
    for other in (column + 1)..<columns {
      var product = 0.0
      for row in step..<end { product += reflection[row] * matrix[other * rows + row] }
      let factor = 2 * product / square
      for row in step..<end { matrix[other * rows + row] -= factor * reflection[row] }
    }
    matrix[start + step] = pivot
    for row in (step + 1)..<end { matrix[start + row] = 0 }
  }

  private static func solve(_ triangle: [Double], _ rank: Int, _ values: [Double]) -> [Double] {
    var solution = values
    for row in stride(from: rank - 1, through: 0, by: -1) {
      var sum = solution[row]
      for column in (row + 1)..<max(rank, row + 1) { sum -= triangle[row * rank + column] * solution[column] }
      solution[row] = sum / triangle[row * rank + row]
    }
    return solution
  }
}
