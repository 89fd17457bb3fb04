/// A table of a page. The first cell of a row names the row.
public struct Table: Sendable, Equatable {
  /// A column's head.
  public struct Column: Sendable, Equatable {
    /// The name over the column.
    public var header: String
    /// Whether the cells are numbers, which are set flush right with digits of equal width.
    public var isNumeric: Bool

    /// A column's head.
    ///
    /// - Parameters:
    ///   - header: the name over the column.
    ///   - isNumeric: whether the cells are numbers.
    public init(_ header: String, isNumeric: Bool = false) {
      self.header = header
      self.isNumeric = isNumeric
    }
  }

  /// A cell.
  public struct Cell: Sendable, Equatable, ExpressibleByStringLiteral {
    /// What the cell says.
    public var text: String
    /// The length of a small bar beside the text, -1 to 1 of the largest one, with its sign; nil for no bar. With it
    /// a table shows sizes where no figure could be drawn.
    public var bar: Double?
    /// The heights of a row of small columns over the text, 0 to 1 of the highest one; empty for none.
    public var columns: [Double]
    /// How dark the cell's ground is, 0 to 1; nil for the page's own. The text must say the same.
    public var shade: Double?
    /// The page beside this one that the text leads to, a file's name; nil for none.
    public var link: String?

    /// A cell.
    ///
    /// - Parameters:
    ///   - text: what the cell says.
    ///   - bar: the length of a small bar beside the text, -1 to 1, or nil for no bar.
    ///   - columns: the heights of a row of small columns over the text, 0 to 1; empty for none.
    ///   - shade: how dark the cell's ground is, 0 to 1, or nil for the page's own.
    ///   - link: the page beside this one that the text leads to, a file's name; nil for none.
    public init(_ text: String, bar: Double? = nil, columns: [Double] = [], shade: Double? = nil, link: String? = nil) {
      self.text = text
      self.bar = bar
      self.columns = columns
      self.shade = shade
      self.link = link
    }

    /// A cell of text alone.
    public init(stringLiteral text: String) {
      self.init(text)
    }
  }

  /// What the table shows, in a line over it.
  public var caption: String
  /// The columns, from left to right.
  public var columns: [Column]
  /// The rows, from top to bottom, with a cell for each column. Where a row is shorter the rest of it is empty.
  public var rows: [[Cell]]

  /// A table.
  ///
  /// - Parameters:
  ///   - caption: what the table shows.
  ///   - columns: the columns, from left to right.
  ///   - rows: the rows, from top to bottom, with a cell for each column.
  public init(caption: String, columns: [Column], rows: [[Cell]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}
