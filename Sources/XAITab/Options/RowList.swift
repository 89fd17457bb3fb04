import ArgumentParser

/// Numbers of data rows, from 1: single ones and ranges in the order given, or all.
struct RowList: ExpressibleByArgument, Equatable {
  /// The ranges, or nil for all rows.
  private let ranges: [ClosedRange<Int>]?

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
