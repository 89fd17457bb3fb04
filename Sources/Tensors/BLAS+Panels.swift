import COpenBLAS

extension BLAS {
  /// A row-major matrix that lies somewhere in memory, perhaps as a part of a larger one.
  public struct Panel {
    /// Its first element.
    public let start: UnsafePointer<Float>
    /// From one row to the next, in elements.
    public let stride: Int
    /// Whether it stands there transposed.
    public let isTransposed: Bool

    /// A matrix in memory.
    public init(_ start: UnsafePointer<Float>, stride: Int, isTransposed: Bool = false) {
      self.start = start
      self.stride = stride
      self.isTransposed = isTransposed
    }
  }

  /// C = A · B, or C + A · B where `adding`; all sizes are at least 1.
  /// - Parameters:
  ///   - a: A, [rows, inner].
  ///   - b: B, [inner, columns].
  ///   - shape: the sizes.
  ///   - adding: whether C is added to.
  ///   - c: the first element of C, [rows, columns].
  ///   - stride: from one row of C to the next, in elements.
  /// - Complexity: O(`rows` · `inner` · `columns`)
  public static func multiply(
    _ a: Panel, _ b: Panel, _ shape: Shape, adding: Bool = false, into c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    useOneThread()
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
      blasint(shape.rows), blasint(shape.columns), blasint(shape.inner), 1, a.start, blasint(a.stride), b.start,
      blasint(b.stride), adding ? 1 : 0, c, blasint(stride))
  }
}
