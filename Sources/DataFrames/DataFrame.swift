/// A table of typed columns and what is known of where it came from.
public struct DataFrame: Sendable, Equatable {
  /// The columns, in the file's order.
  public var columns: [Column]
  /// The number of data rows, the header not among them.
  public let rowCount: Int
  /// The file and how it was read.
  public var source: Source

  /// A table of columns of the same length.
  public init(columns: [Column], rowCount: Int, source: Source) {
    precondition(columns.allSatisfy { $0.count == rowCount }, "DataFrame: columns of different lengths")
    self.columns = columns
    self.rowCount = rowCount
    self.source = source
  }

  /// The column of the given name.
  public subscript(name: String) -> Column? {
    columns.first { $0.name == name }
  }
}
