import COpenBLAS

/// Orthogonal factors and singular values, by OpenBLAS's LAPACK. Matrices are column-major, as LAPACK has them.
public enum LAPACK {
  /// The upper triangle R of A = QR by Householder reflections (`dgeqrt`).
  /// - Parameters:
  ///   - matrix: A, `[rows, columns]`, column-major; what it holds afterwards has no meaning.
  ///   - rows: the number of rows.
  ///   - columns: the number of columns, at least 1.
  /// - Returns: R, `[min(rows, columns), columns]`, column-major, zero below its diagonal.
  /// - Complexity: O(`rows` · `columns`²)
  public static func triangle(_ matrix: inout [Double], rows: Int, columns: Int) -> [Double] {
    precondition(
      matrix.count == rows * columns && columns > 0, "LAPACK.triangle: \(matrix.count) of \(rows) x \(columns)")
    let height = min(rows, columns)
    if height == 0 { return [] }
    BLAS.useOneThread()
    var m = blasint(rows)
    var n = blasint(columns)
    var block = blasint(min(height, 32))
    var blockRows = block
    var status: blasint = 0
    var factors = [Double](repeating: 0, count: Int(block) * height)
    var work = [Double](repeating: 0, count: Int(block) * columns)
    dgeqrt_(&m, &n, &block, &matrix, &m, &factors, &blockRows, &work, &status)
    var triangle = [Double](repeating: 0, count: height * columns)
    for column in 0..<columns {
      for row in 0...min(column, height - 1) { triangle[column * height + row] = matrix[column * rows + row] }
    }
    return triangle
  }

  /// The singular values of a matrix, falling (`dgesdd`).
  /// - Parameters:
  ///   - matrix: `[rows, columns]`, column-major, both at least 1, all finite.
  ///   - rows: the number of rows.
  ///   - columns: the number of columns.
  /// - Returns: min(rows, columns) values; nil where the iteration does not converge.
  /// - Complexity: O(`rows` · `columns` · min(`rows`, `columns`))
  public static func singularValues(_ matrix: [Double], rows: Int, columns: Int) -> [Double]? {
    precondition(matrix.count == rows * columns, "LAPACK.singularValues: \(matrix.count) of \(rows) x \(columns)")
    let count = min(rows, columns)
    if count == 0 { return [] }
    BLAS.useOneThread()
    var matrix = matrix
    var m = blasint(rows)
    var n = blasint(columns)
    var one: blasint = 1
    var status: blasint = 0
    var values = [Double](repeating: 0, count: count)
    var unused = [0.0]
    var alsoUnused = [0.0]
    var size: blasint = -1
    var wanted = [0.0]
    var integers = [blasint](repeating: 0, count: 8 * count)
    dgesdd_(
      "N", &m, &n, &matrix, &m, &values, &unused, &one, &alsoUnused, &one, &wanted, &size, &integers, &status)
    guard status == 0 else { return nil }
    var work = [Double](repeating: 0, count: max(1, Int(wanted[0])))
    size = blasint(work.count)
    dgesdd_("N", &m, &n, &matrix, &m, &values, &unused, &one, &alsoUnused, &one, &work, &size, &integers, &status)
    return status == 0 ? values : nil
  }
}
