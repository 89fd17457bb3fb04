import Tensors

/// A weighted ridge regression of one output on some features, the intercept unpenalised: β = (G + αI)⁻¹ c with the
/// centred moments G and c, intercept ȳ − z̄ᵀβ.
struct RidgeFit: Sendable, Equatable {
  /// The features in the fit.
  let features: [Int]
  /// Their slopes, in the same order; 0 for a feature that the ones before it make up.
  let slopes: [Double]
  /// The intercept.
  let intercept: Double
  /// 1 − Σπ(y − ŷ)² / Σπ(y − ȳ)²; NaN where the output does not vary.
  let rSquared: Double

  /// The fit from moments.
  ///
  /// Costs O(features³).
  /// - Parameters:
  ///   - moments: the samples' moments.
  ///   - output: the output.
  ///   - features: the features to use.
  ///   - penalty: α, not negative.
  init(_ moments: WeightedMoments, output: Int, features: [Int], penalty: Double) {
    let cross = features.map { moments.cross[$0, output] }
    let factor = CholeskyFactor(moments.system(features, penalty: penalty))
    let slopes = factor.solve(cross)
    self.features = features
    self.slopes = slopes
    var intercept = moments.outputMeans[output]
    for (slope, feature) in zip(slopes, features) { intercept -= slope * moments.featureMeans[feature] }
    self.intercept = intercept
    // Σπ(y − ŷ)² = S − 2βᵀc + βᵀGβ, and Gβ = c − αβ.
    let total = moments.outputSquares[output]
    var explained = 0.0
    for (slope, value) in zip(slopes, cross) { explained += slope * value + penalty * slope * slope }
    rSquared = total > 0 ? explained / total : .nan
  }
}

/// The Cholesky factor of a symmetric matrix that is positive semi-definite. A row that the ones before it make up has
/// no pivot; it is left out, and its solution is 0.
struct CholeskyFactor: Sendable {
  private var lower: Matrix
  private let hasPivot: [Bool]

  /// Factors `matrix`, `[n, n]`.
  ///
  /// Costs O(n³).
  init(_ matrix: Matrix) {
    let size = matrix.rows
    var lower = Matrix(rows: size, columns: size)
    var hasPivot = [Bool](repeating: true, count: size)
    for row in 0..<size {
      for column in 0...row where hasPivot[column] {
        var sum = matrix[row, column]
        for inner in 0..<column { sum -= lower[row, inner] * lower[column, inner] }
        if column < row {
          lower[row, column] = sum / lower[column, column]
        } else if sum > 1e-12 * matrix[row, row] {
          lower[row, row] = sum.squareRoot()
        } else {
          hasPivot[row] = false
          for inner in 0..<row { lower[row, inner] = 0 }
        }
      }
    }
    self.lower = lower
    self.hasPivot = hasPivot
  }

  /// The x with A x = `right`, 0 where there is no pivot.
  func solve(_ right: [Double]) -> [Double] {
    var solution = right
    for row in solution.indices {
      guard hasPivot[row] else {
        solution[row] = 0
        continue
      }
      for inner in 0..<row { solution[row] -= lower[row, inner] * solution[inner] }
      solution[row] /= lower[row, row]
    }
    for row in solution.indices.reversed() where hasPivot[row] {
      for inner in (row + 1)..<max(row + 1, solution.count) { solution[row] -= lower[inner, row] * solution[inner] }
      solution[row] /= lower[row, row]
    }
    return solution
  }
}
