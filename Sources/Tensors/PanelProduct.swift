import CKernels

/// Products of matrices whose factors are cut into panels: the left one, A, into panels of eight rows, [inner, 8]; the
/// right one, B, into panels of 16, 32 or 48 columns, [inner, width].
///
/// For factors that are laid out once and multiplied often, or are made panel by panel. Each number of the product is
/// one sum in the order of the inner axis, wherever it stands, so that its digits depend neither on its place nor on
/// how the work is cut.
public enum PanelProduct {
  /// The rows of a panel of A.
  public static let rows = Int(XAI_PANEL_ROWS)
  /// The columns of a panel of B, but for the last ones.
  public static let columns = Int(XAI_PANEL_COLUMNS)
  /// What the columns of each panel are a multiple of.
  public static let columnStep = 16

  /// The columns that a panel for the last `count` columns, or for 48 of them, has.
  public static func width(_ count: Int) -> Int { min(columns, filled(count)) }

  /// `count` columns, filled up to a multiple of `columnStep`.
  public static func filled(_ count: Int) -> Int { (count + columnStep - 1) / columnStep * columnStep }

  /// The panels of A that so many rows fill, the last one perhaps in part.
  public static func blocks(_ count: Int) -> Int { (count + rows - 1) / rows }

  /// `count` columns in pieces of nearly equal size, each of whole steps of columns but for the last.
  /// - Parameters:
  ///   - count: the number of columns.
  ///   - size: about how many a piece has.
  /// - Returns: the pieces, in order.
  public static func pieces(_ count: Int, about size: Int) -> [Range<Int>] {
    let pieces = (count + size - 1) / size
    return Workers.ranges(count, size: filled((count + pieces - 1) / pieces))
  }

  /// What a tile of the product starts from, and what becomes of it.
  public struct Ends {
    /// A number for each of the eight rows; nil: the sums go on from what stands in the result.
    public let start: UnsafePointer<Float>?
    /// Whether what is below 0 becomes 0.
    public let rectifies: Bool

    /// Ends of a sum.
    public init(start: UnsafePointer<Float>?, rectifies: Bool) {
      self.start = start
      self.rectifies = rectifies
    }
  }

  /// The part of a product that a tile is.
  public struct Tile: Sendable {
    /// The numbers in each sum.
    public let inner: Int
    /// The columns of B's panel, filling included.
    public let width: Int
    /// The rows that are wanted.
    public let rows: Int
    /// The columns that are wanted.
    public let columns: Int

    /// A tile.
    public init(inner: Int, width: Int, rows: Int, columns: Int) {
      self.inner = inner
      self.width = width
      self.rows = rows
      self.columns = columns
    }
  }

  /// c[r, j] = start[r] + Σ over k of a[k, r] · b[k, j], for a tile's rows and columns.
  /// - Parameters:
  ///   - a: a panel of A.
  ///   - b: a panel of B.
  ///   - tile: the sizes.
  ///   - ends: what the sums start from and what becomes of them.
  ///   - c: the first number of the result.
  ///   - stride: from one row of the result to the next.
  /// - Complexity: O(`tile.inner` · `tile.width`)
  public static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ tile: Tile, _ ends: Ends,
    into c: UnsafeMutablePointer<Float>, stride: Int
  ) {
    xai_multiply_panels(
      a, b, tile.inner, tile.width, tile.rows, tile.columns,
      xai_tile(start: ends.start, rectifies: ends.rectifies ? 1 : 0), c, stride)
  }

  /// Copies rows of a panel from rows that lie elsewhere.
  /// - Parameters:
  ///   - target: the first number in the panel.
  ///   - targetStride: from one row in the panel to the next.
  ///   - source: the first number to be taken.
  ///   - sourceStride: from one row there to the next.
  ///   - step: how far what is taken from a row stands apart.
  ///   - rows: the number of rows.
  ///   - count: how many are taken from each.
  public static func copyRows(
    to target: UnsafeMutablePointer<Float>, stride targetStride: Int, from source: UnsafePointer<Float>,
    stride sourceStride: Int, step: Int, rows: Int, count: Int
  ) {
    xai_copy_rows(target, targetStride, source, sourceStride, step, rows, count)
  }
}
