public import Learning

/// What is to be predicted of a table.
public struct TargetRequest: Sendable, Equatable {
  /// The name of the target; nil: the last column.
  public var column: String?
  /// What is made of it.
  public var options: TargetOptions

  /// The last column, as its values suggest, unless told.
  public init(column: String? = nil, options: TargetOptions = TargetOptions()) {
    self.column = column
    self.options = options
  }
}
