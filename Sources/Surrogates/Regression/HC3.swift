import Tensors

/// The variances of coefficients that hold where each row has noise of its own size: HC3 of `LinearRegression.Errors`.
struct HC3: Sendable, Equatable {
  /// The covariance of the kept coefficients, `[rank, rank]`, row-major.
  let covariance: [Double]
  /// The rows that alone determine a coefficient, whose leverage is 1: their residual is 0 whatever their noise was, so
  /// they say nothing of it and are left out.
  let determinedRows: Int

  /// With Q = X R⁻¹ for the kept columns, hᵢ = ‖qᵢ‖² and the covariance is R⁻¹ (Qᵀ diag(eᵢ² / (1 − hᵢ)²) Q) R⁻ᵀ.
  ///
  /// Costs O(rows · rank²).
  init(
    _ coding: TreatmentCoding, _ system: LimitedPivoting, inverse: [Double], rows: Matrix, residuals: [Double],
    blocks: [Range<Int>], workers: Workers
  ) {
    let rank = system.rank
    let parts = workers.map(count: blocks.count) { index in
      Self.part(coding, system, inverse, rows, residuals, blocks[index])
    }
    var meat = [Double](repeating: 0, count: rank * rank)
    for part in parts { for place in meat.indices { meat[place] += part.meat[place] } }
    let square = BLAS.Shape(rows: rank, inner: rank, columns: rank)
    var half = [Double](repeating: 0, count: rank * rank)
    half.withUnsafeMutableBufferPointer { BLAS.multiply(inverse, meat, square, into: $0) }
    var covariance = [Double](repeating: 0, count: rank * rank)
    covariance.withUnsafeMutableBufferPointer {
      BLAS.multiply(half, inverse, square, transposed: .second, into: $0)
    }
    self.covariance = covariance
    determinedRows = parts.reduce(0) { $0 + $1.determined }
  }

  private static func part(
    _ coding: TreatmentCoding, _ system: LimitedPivoting, _ inverse: [Double], _ rows: Matrix, _ residuals: [Double],
    _ range: Range<Int>
  ) -> (meat: [Double], determined: Int) {
    let rank = system.rank
    let height = range.count
    var columns = [Double](repeating: 0, count: height * coding.terms.count)
    coding.write(rows, range, into: &columns)
    // Column-major [height, rank] is [rank, height] to the product.
    let kept = system.kept.flatMap { columns[($0 * height)..<(($0 + 1) * height)] }
    var orthogonal = [Double](repeating: 0, count: height * rank)
    orthogonal.withUnsafeMutableBufferPointer {
      BLAS.multiply(
        kept, inverse, BLAS.Shape(rows: height, inner: rank, columns: rank), transposed: .first, into: $0)
    }
    var determined = 0
    for (place, row) in range.enumerated() {
      var leverage = 0.0
      for column in 0..<rank {
        let value = orthogonal[place * rank + column]
        leverage += value * value
      }
      var factor = residuals[row] / (1 - leverage)
      if 1 - leverage < 1e-10 {
        factor = 0
        determined += 1
      }
      for column in 0..<rank { orthogonal[place * rank + column] *= factor.magnitude }
    }
    var meat = [Double](repeating: 0, count: rank * rank)
    meat.withUnsafeMutableBufferPointer {
      BLAS.multiply(
        orthogonal, orthogonal, BLAS.Shape(rows: rank, inner: height, columns: rank), transposed: .first, into: $0)
    }
    return (meat, determined)
  }
}
