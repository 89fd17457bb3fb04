import COpenBLAS

/// Matrix products and linear systems, by OpenBLAS.
///
/// OpenBLAS runs on the calling thread alone, because its last digits depend on its number of threads; `Workers` share
/// the work instead. All matrices are dense and row-major.
public enum BLAS {
  /// Set at the first use, once for the process.
  private static let isOnOneThread: Void = openblas_set_num_threads(1)

  /// Sets the library's number of threads; called before any use of it.
  static func useOneThread() { _ = isOnOneThread }

  /// The sizes of a product C = op(A) · op(B), C being [rows, columns].
  public struct Shape: Sendable, Equatable {
    /// The number of rows of op(A) and of C.
    public var rows: Int
    /// The number of columns of op(A) and of rows of op(B).
    public var inner: Int
    /// The number of columns of op(B) and of C.
    public var columns: Int

    /// The sizes of a product of [rows, inner] and [inner, columns].
    public init(rows: Int, inner: Int, columns: Int) {
      self.rows = rows
      self.inner = inner
      self.columns = columns
    }
  }

  /// Which of the two factors are stored transposed.
  public enum Transposition: Sendable, Equatable {
    /// A is stored as [rows, inner], B as [inner, columns].
    case none
    /// A is stored as [inner, rows].
    case first
    /// B is stored as [columns, inner].
    case second

    fileprivate var ofFirst: CBLAS_TRANSPOSE { self == .first ? CblasTrans : CblasNoTrans }
    fileprivate var ofSecond: CBLAS_TRANSPOSE { self == .second ? CblasTrans : CblasNoTrans }
  }

  /// C = op(A) · op(B), or C + op(A) · op(B) where `adding`.
  /// - Complexity: O(`rows` · `inner` · `columns`)
  public static func multiply(
    _ a: [Float], _ b: [Float], _ shape: Shape, transposed: Transposition = .none, adding: Bool = false,
    into c: UnsafeMutableBufferPointer<Float>
  ) {
    check(shape, a.count, b.count, c.count)
    if c.isEmpty { return }
    cblas_sgemm(
      CblasRowMajor, transposed.ofFirst, transposed.ofSecond, blasint(shape.rows), blasint(shape.columns),
      blasint(shape.inner), 1, a, distance(transposed == .first ? shape.rows : shape.inner), b,
      distance(transposed == .second ? shape.inner : shape.columns), adding ? 1 : 0, c.baseAddress,
      distance(shape.columns))
  }

  /// C + A · B, where the digits of each row of C depend on that row of A alone, for any number of rows.
  ///
  /// The library takes other instructions for other numbers of rows, and in larger products for other places of a row.
  /// So the product is made in groups of eight rows, the last one filled up with zeros; in that size every kernel
  /// that was tried (Prescott to Cooper Lake) treats all rows alike. It takes up to twice the time of one product.
  /// - Complexity: O(`rows` · `inner` · `columns`)
  public static func multiplyEachRow(
    _ a: [Float], _ b: [Float], _ shape: Shape, addingTo c: UnsafeMutableBufferPointer<Float>
  ) {
    check(shape, a.count, b.count, c.count)
    if c.isEmpty { return }
    let whole = shape.rows / rowGroup * rowGroup
    a.withUnsafeBufferPointer { a in
      for row in stride(from: 0, to: whole, by: rowGroup) {
        addGroup(
          UnsafeBufferPointer(rebasing: a[(row * shape.inner)...]), b, shape,
          to: UnsafeMutableBufferPointer(rebasing: c[(row * shape.columns)...]))
      }
      if whole < shape.rows {
        let filling = whole + rowGroup - shape.rows
        let last = a[(whole * shape.inner)...] + [Float](repeating: 0, count: filling * shape.inner)
        var sums = c[(whole * shape.columns)...] + [Float](repeating: 0, count: filling * shape.columns)
        last.withUnsafeBufferPointer { last in
          sums.withUnsafeMutableBufferPointer { addGroup(last, b, shape, to: $0) }
        }
        for place in whole * shape.columns..<c.count { c[place] = sums[place - whole * shape.columns] }
      }
    }
  }

  /// The number of rows in a group of `multiplyEachRow`.
  private static let rowGroup = 8

  private static func addGroup(
    _ a: UnsafeBufferPointer<Float>, _ b: [Float], _ shape: Shape, to c: UnsafeMutableBufferPointer<Float>
  ) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rowGroup), blasint(shape.columns), blasint(shape.inner), 1,
      a.baseAddress, distance(shape.inner), b, distance(shape.columns), 1, c.baseAddress, distance(shape.columns))
  }

  /// As the product of `Float`, in double precision.
  public static func multiply(
    _ a: [Double], _ b: [Double], _ shape: Shape, transposed: Transposition = .none, adding: Bool = false,
    into c: UnsafeMutableBufferPointer<Double>
  ) {
    check(shape, a.count, b.count, c.count)
    if c.isEmpty { return }
    cblas_dgemm(
      CblasRowMajor, transposed.ofFirst, transposed.ofSecond, blasint(shape.rows), blasint(shape.columns),
      blasint(shape.inner), 1, a, distance(transposed == .first ? shape.rows : shape.inner), b,
      distance(transposed == .second ? shape.inner : shape.columns), adding ? 1 : 0, c.baseAddress,
      distance(shape.columns))
  }

  /// Solves A · x = b for a symmetric positive definite A, by Cholesky's factors (LAPACK's `dposv`).
  /// - Parameters:
  ///   - matrix: A, `[order, order]`; holds the factor afterwards.
  ///   - values: b, of count `order`; holds x afterwards.
  /// - Returns: whether A was positive definite; if not, `values` is undefined.
  /// - Complexity: O(order³)
  public static func solve(_ matrix: inout [Double], _ values: inout [Double]) -> Bool {
    precondition(
      matrix.count == values.count * values.count, "BLAS.solve: matrix of \(matrix.count), \(values.count) values")
    if values.isEmpty { return true }
    useOneThread()
    var order = blasint(values.count)
    var rightSides: blasint = 1
    var status: blasint = 0
    // A symmetric matrix is the same in both storage orders.
    dposv_("U", &order, &rightSides, &matrix, &order, &values, &order, &status)
    return status == 0
  }

  private static func check(_ shape: Shape, _ a: Int, _ b: Int, _ c: Int) {
    precondition(
      a == shape.rows * shape.inner && b == shape.inner * shape.columns && c == shape.rows * shape.columns,
      "BLAS.multiply: \(shape) with \(a), \(b) and \(c) elements")
    useOneThread()
  }

  /// The distance of two rows, which the library wants to be 1 at least.
  private static func distance(_ columns: Int) -> blasint { blasint(max(1, columns)) }
}
