import ArgumentParser
import DataFrames
import Runs

/// Numbers of data rows, from 1: single ones and ranges in the order given, or all.
struct RowList: ExpressibleByArgument, Equatable {
  /// The ranges, or nil for all rows.
  private let ranges: [ClosedRange<Int>]?

  /// All rows.
  static let all = RowList(ranges: nil)

  private init(ranges: [ClosedRange<Int>]?) {
    self.ranges = ranges
  }

  /// One row.
  init(only number: Int) {
    ranges = [number...number]
  }

  /// `all`, or numbers and ranges separated by commas, such as `1,5-9`.
  init?(argument: String) {
    if argument == "all" {
      ranges = nil
      return
    }
    var ranges: [ClosedRange<Int>] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
        return nil
      }
      ranges.append(first...last)
    }
    self.ranges = ranges
  }

  /// The numbers, each checked to be a row of a table of `count` rows.
  /// - Throws: `UsageError.noSuchRow`.
  func numbers(count: Int) throws -> [Int] {
    guard let ranges else { return Array(1...max(1, count)) }
    for range in ranges {
      if range.lowerBound < 1 { throw UsageError.noSuchRow(number: range.lowerBound, rows: count) }
      if range.upperBound > count { throw UsageError.noSuchRow(number: range.upperBound, rows: count) }
    }
    return ranges.flatMap { Array($0) }
  }
}

/// The rows whose cell in a column is a given value.
struct CellCondition: ExpressibleByArgument, Equatable {
  /// The column's name.
  let column: String
  /// The value, as the file spells it or as an equal number.
  let value: String

  /// `column=value`; the name ends at the first `=`.
  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else { return nil }
    column = String(argument[..<sign])
    value = String(argument[argument.index(after: sign)...])
  }

  /// The numbers of the rows, at least one.
  /// - Throws: `ColumnError` or `UsageError.noRowWhere`.
  func numbers(_ frame: DataFrame) throws -> [Int] {
    let cells = frame.columns[try frame.index(ofColumn: column)]
    let places: [Int]
    switch cells.values {
    case .words(let codes, let levels):
      let code = levels.firstIndex(of: value).map { Int32($0) }
      places = codes.indices.filter { codes[$0] == code }
    case .numbers(let numbers):
      let number = Double(value)
      places = numbers.indices.filter { numbers[$0] == number }
    }
    if places.isEmpty { throw UsageError.noRowWhere(column: column, value: value) }
    return places.map { $0 + 1 }
  }
}
