/// Something about a column that is likely to mislead a model or its reader.
public enum ColumnAlert: Sendable, Equatable, CustomStringConvertible {
  /// The file had to be read in a way that should be known.
  case reading(ReadNote)
  /// No cell has a value.
  case empty(column: String)
  /// All cells that are not missing have the same value.
  case constant(column: String)
  /// More than half of the cells are missing: a share of `share`.
  case mostlyMissing(column: String, share: Double)
  /// The column only tells the rows apart.
  case identifier(column: String)
  /// Words of which nearly every one is another: `distinct` in `rows` cells that are not missing.
  case manyCategories(column: String, distinct: Int, rows: Int)
  /// Some numbers are infinite.
  case infinite(column: String, count: Int)
  /// All cells are those of an earlier column.
  case sameAs(column: String, other: String)

  /// The alert as one sentence, without a full stop.
  public var description: String {
    switch self {
    case .reading(let note):
      note.description
    case .empty(let column):
      "\"\(column)\" has no values"
    case .constant(let column):
      "\"\(column)\" has the same value everywhere"
    case .mostlyMissing(let column, let share):
      "\"\(column)\" is missing in \(Int((share * 100).rounded(.down))) % of the rows"
    case .identifier(let column):
      "\"\(column)\" only tells the rows apart"
    case .manyCategories(let column, let distinct, let rows):
      "\"\(column)\" has \(distinct) different words in \(rows) rows"
    case .infinite(let column, let count):
      "\"\(column)\" is infinite in \(count) \(count == 1 ? "row" : "rows")"
    case .sameAs(let column, let other):
      "\"\(column)\" is the same as \"\(other)\""
    }
  }
}

extension DataFrame {
  /// The words of a column are many if they are more than this share of the cells that have one, and more than twenty.
  private static let shareOfCategories = 0.5

  /// What was noted when the file was read, then all alerts, column by column.
  /// - Complexity: O(rows · columns), but for sorting the numbers of a column
  public func alerts() -> [ColumnAlert] {
    var firstOfHash: [Int: [Int]] = [:]
    let notes = source.notes.map { ColumnAlert.reading($0) }
    return notes
      + columns.indices.flatMap { index -> [ColumnAlert] in
        let column = columns[index]
        var alerts = self.alerts(of: column)
        var hasher = Hasher()
        column.hashCells(into: &hasher)
        let hash = hasher.finalize()
        if column.missingCount < rowCount {
          let twin = firstOfHash[hash, default: []].first { columns[$0].hasSameCells(as: column) }
          if let twin, rowCount >= 2 { alerts.append(.sameAs(column: column.name, other: columns[twin].name)) }
          if twin == nil { firstOfHash[hash, default: []].append(index) }
        }
        return alerts
      }
  }

  private func alerts(of column: Column) -> [ColumnAlert] {
    let name = column.name
    let summary = ColumnSummary(column)
    let present = rowCount - summary.missing
    if present == 0 { return [.empty(column: name)] }
    var alerts: [ColumnAlert] = []
    if summary.distinct == 1, present >= 2 { alerts.append(.constant(column: name)) }
    if 2 * summary.missing > rowCount {
      alerts.append(.mostlyMissing(column: name, share: Double(summary.missing) / Double(rowCount)))
    }
    if column.isIdentifier {
      alerts.append(.identifier(column: name))
    } else if summary.levels.count > 20, Double(summary.distinct) > Self.shareOfCategories * Double(present) {
      alerts.append(.manyCategories(column: name, distinct: summary.distinct, rows: present))
    }
    if case .numbers(let numbers) = column.values {
      let infinite = numbers.count { $0.isInfinite }
      if infinite > 0 { alerts.append(.infinite(column: name, count: infinite)) }
    }
    return alerts
  }
}

extension Column {
  /// Adds the cells, and not the name, to a hash.
  fileprivate func hashCells(into hasher: inout Hasher) {
    switch values {
    case .numbers(let numbers):
      for number in numbers { hasher.combine(number.isNaN ? 0 : number) }
    case .words(let codes, let levels):
      hasher.combine(codes)
      hasher.combine(levels)
    }
  }

  /// Whether the cells are the same, missing ones included.
  fileprivate func hasSameCells(as other: Column) -> Bool {
    switch (values, other.values) {
    case (.numbers(let mine), .numbers(let theirs)):
      mine.elementsEqual(theirs) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case (.words(let mine, let levels), .words(let theirs, let otherLevels)):
      mine == theirs && levels == otherLevels
    default:
      false
    }
  }
}
