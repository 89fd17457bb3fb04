import Tensors

/// Least squares with a penalty on the squares of the weights and a free intercept.
struct RidgeRegression {
  /// The strength λ of the penalty, above 0.
  let penalty: Double

  /// Minimises Σ (y − b − x · w)² + λ‖w‖².
  ///
  /// With centred X and y, w solves (XᵀX + λI) w = Xᵀy; where there are more inputs than rows, w = Xᵀu with
  /// (XXᵀ + λI) u = y gives the same from a smaller system. b makes the mean error 0.
  /// - Parameters:
  ///   - rows: X, `[values.count, width]`.
  ///   - width: the number of inputs.
  ///   - values: y.
  /// - Returns: w and b.
  /// - Throws: `FitError.notPositiveDefinite` where rounding swallows the penalty.
  func fit(_ rows: [Double], width: Int, values: [Double]) throws -> (weights: [Double], intercept: Double) {
    let count = values.count
    var centered = rows
    let means = Self.center(&centered, width: width)
    var centeredValues = values
    let mean = Self.center(&centeredValues, width: 1)[0]
    let isDual = width > count
    let order = isDual ? count : width
    var system = [Double](repeating: 0, count: order * order)
    system.withUnsafeMutableBufferPointer {
      BLAS.multiply(
        centered, centered, BLAS.Shape(rows: order, inner: isDual ? width : count, columns: order),
        transposed: isDual ? .second : .first, into: $0)
    }
    for index in 0..<order { system[index * (order + 1)] += penalty }
    var solution = isDual ? centeredValues : Self.product(centered, centeredValues, width: width)
    guard BLAS.solve(&system, &solution) else { throw FitError.notPositiveDefinite(order: order) }
    let weights = isDual ? Self.product(centered, solution, width: width) : solution
    return (weights, mean - zip(means, weights).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Xᵀy.
  private static func product(_ rows: [Double], _ values: [Double], width: Int) -> [Double] {
    var result = [Double](repeating: 0, count: width)
    result.withUnsafeMutableBufferPointer {
      BLAS.multiply(
        rows, values, BLAS.Shape(rows: width, inner: values.count, columns: 1), transposed: .first, into: $0)
    }
    return result
  }

  /// Takes from each column its mean, and returns the means.
  private static func center(_ rows: inout [Double], width: Int) -> [Double] {
    var means = [Double](repeating: 0, count: width)
    let count = width == 0 ? 0 : rows.count / width
    for row in 0..<count {
      for column in 0..<width { means[column] += rows[row * width + column] }
    }
    for column in 0..<width { means[column] /= Double(count) }
    for row in 0..<count {
      for column in 0..<width { rows[row * width + column] -= means[column] }
    }
    return means
  }
}
