/// One typed column of a table, with a name and one value a row.
public struct Column: Sendable, Equatable {
  /// The name, as the file has it.
  public var name: String
  /// The cells.
  public var values: Values
  /// For numbers with few different values (at most `spellingLimit`): each value with its first spelling in the
  /// file, ascending by value; empty for all other columns. The names of classes come from here.
  public var spellings: [Spelling]

  /// The most different values for which a column of numbers remembers how they were spelled.
  public static let spellingLimit = 16

  /// The cells of a column, by type.
  public enum Values: Sendable, Equatable {
    /// Numbers; a missing cell is NaN.
    case numbers([Double])
    /// Words: each cell is an index into `levels`, which are sorted; a missing cell is -1.
    case words(codes: [Int32], levels: [String])
  }

  /// A number and how the file spells it.
  public struct Spelling: Sendable, Equatable {
    /// The number.
    public let value: Double
    /// Its first spelling in the file, such as `1.0`.
    public let text: String

    /// A number and its spelling.
    public init(value: Double, text: String) {
      self.value = value
      self.text = text
    }
  }

  /// A column of the given name and cells.
  public init(name: String, values: Values, spellings: [Spelling] = []) {
    self.name = name
    self.values = values
    self.spellings = spellings
  }

  /// Whether a column of so many numbers and so many other texts is one of numbers, in which the others count as
  /// missing.
  public static func areNumbers(_ numbers: Int, others: Int) -> Bool {
    others == 0
      || numbers >= ColumnVerdict.least && Double(numbers) >= ColumnVerdict.share * Double(numbers + others)
  }

  /// The number of cells.
  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .words(let codes, _): codes.count
    }
  }

  /// Whether the cell at `row`, from 0, is missing.
  public func isMissing(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN
    case .words(let codes, _): codes[row] < 0
    }
  }

  /// The number of missing cells.
  public var missingCount: Int {
    switch values {
    case .numbers(let numbers): numbers.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
    case .words(let codes, _): codes.reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
    }
  }
}
