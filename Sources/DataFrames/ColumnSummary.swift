/// What one column holds, in a few figures.
public struct ColumnSummary: Sendable, Equatable {
  /// The kinds of columns that people tell apart.
  public enum Kind: String, Sendable, Equatable {
    /// Numbers, not all whole.
    case number
    /// Numbers, all whole.
    case wholeNumber = "whole number"
    /// The two words of yes and no: true and false in any case.
    case boolean = "true/false"
    /// Words of which at least one occurs more than once.
    case category
    /// Words that are all different.
    case text
    /// No cell has a value.
    case empty
  }

  /// A word and how often it occurs.
  public struct Level: Sendable, Equatable {
    /// The word.
    public let name: String
    /// How often it occurs.
    public let count: Int
  }

  /// The name.
  public let name: String
  /// What kind of column it is.
  public let kind: Kind
  /// The number of missing cells.
  public let missing: Int
  /// The number of different values, missing not among them.
  public let distinct: Int
  /// The least and the largest number, if the column is numbers and any is there.
  public let range: ClosedRange<Double>?
  /// The words in their order with their counts, if the column is words; a word that no cell has is left out.
  public let levels: [Level]

  /// The summary of a column.
  /// - Complexity: O(n log n) for n cells of numbers, O(n) for words
  public init(_ column: Column) {
    name = column.name
    missing = column.missingCount
    switch column.values {
    case .numbers(let numbers):
      let present = numbers.filter { !$0.isNaN }.sorted()
      distinct = zip(present, present.dropFirst()).reduce(present.isEmpty ? 0 : 1) { $0 + ($1.0 == $1.1 ? 0 : 1) }
      range = present.first.flatMap { first in present.last.map { first...$0 } }
      levels = []
      kind = present.isEmpty ? .empty : present.allSatisfy { $0 == $0.rounded() } ? .wholeNumber : .number
    case .words(let codes, let names):
      var counts = [Int](repeating: 0, count: names.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      levels = zip(names, counts).filter { $0.1 > 0 }.map { Level(name: $0.0, count: $0.1) }
      distinct = levels.count
      range = nil
      let isBoolean = distinct > 0 && levels.allSatisfy { ["true", "false"].contains($0.name.lowercased()) }
      kind =
        levels.isEmpty ? .empty : isBoolean ? .boolean : levels.allSatisfy { $0.count == 1 } ? .text : .category
    }
  }
}

extension DataFrame {
  /// The summaries of all columns, in order.
  public func summaries() -> [ColumnSummary] { columns.map(ColumnSummary.init) }
}
