import RealModule

/// The total variation Σ ((x_{i+1,j} − x_{ij})² + (x_{i,j+1} − x_{ij})²)^(β/2) of planes, in which the last row and
/// column have no further neighbour (Mahendran & Vedaldi, arXiv 1412.0035, section 2).
struct TotalVariation: Sendable {
  /// β, positive.
  var beta: Double

  /// Where differences are 0 and β < 2 the gradient has no bound: their squares count as at least this.
  private static let least = 1e-5

  /// Adds the gradient, times a factor, to `gradient`, and returns the variation, for a plane from `start`.
  /// - Parameters:
  ///   - values: planes, row by row.
  ///   - start: where the plane begins, in `values` and in `gradient`.
  ///   - height: the plane's rows.
  ///   - width: the plane's columns.
  ///   - factor: what the gradient is multiplied with.
  ///   - gradient: what it is added to.
  /// - Returns: the variation, without the factor.
  func value(
    _ values: [Double], start: Int, height: Int, width: Int, factor: Double, addingTo gradient: inout [Double]
  ) -> Double {
    var sum = 0.0
    for row in 0..<height {
      for column in 0..<width {
        let place = start + row * width + column
        let down = row + 1 < height ? values[place + width] - values[place] : 0
        let across = column + 1 < width ? values[place + 1] - values[place] : 0
        let square = down * down + across * across
        sum += beta == 2 ? square : Double.pow(square, beta / 2)
        let slope =
          factor * (beta == 2 ? 2 : beta * Double.pow(beta < 2 ? max(square, Self.least) : square, beta / 2 - 1))
        gradient[place] -= slope * (down + across)
        if row + 1 < height { gradient[place + width] += slope * down }
        if column + 1 < width { gradient[place + 1] += slope * across }
      }
    }
    return sum
  }
}
