public import DataFrames
import Runs

/// The JSON form of what was read, `xai-tab/inspect/1`.
public struct InspectJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/inspect/1"
  let header: ResultHeader
  let body: Body

  struct Body: Codable, Equatable {
    let data: DataFacts
    /// The file, how it was read and what types were found, in one line.
    let summary: String
    let columns: [Column]
    let alerts: [String]

    init(_ frame: DataFrame, target: Int?, seed: UInt64, shown: [Int]? = nil, isNamed: (String) -> Bool) {
      let targetName = target.map { frame.columns[$0].name }
      data = DataFacts(frame.source, target: targetName)
      summary = frame.summary
      let indices = shown ?? Array(frame.columns.indices)
      columns = indices.map { index in
        let column = frame.columns[index]
        let summary = ColumnSummary(column)
        var histogram: Histogram?
        if case .numbers(let numbers) = column.values, indices.count <= InspectJSON.histogramLimit {
          histogram = Histogram(numbers, limit: InspectJSON.intervalLimit)
        }
        return Column(
          name: summary.name, type: summary.kind.rawValue, missing: summary.missing, distinct: summary.distinct,
          range: summary.range.map { [JSONNumber($0.lowerBound), JSONNumber($0.upperBound)] },
          levels: summary.levels.isEmpty
            ? nil : Dictionary(summary.levels.map { ($0.name, $0.count) }) { first, _ in first },
          histogram: histogram?.counts,
          setAside: index != target && column.isIdentifier && !isNamed(summary.name))
      }
      alerts = frame.alerts().filter { $0 != .identifier(column: targetName ?? "") }.map { "\($0)" }
    }
  }

  struct Column: Codable, Equatable {
    let name: String
    let type: String
    let missing: Int
    let distinct: Int
    /// The least and the greatest number; nil for words.
    let range: [JSONNumber]?
    /// The words with their counts; nil for numbers.
    let levels: [String: Int]?
    /// The counts of numbers in intervals of equal width over the range; nil for words, and where there are many
    /// columns.
    let histogram: [Int]?
    let setAside: Bool
  }

  /// The most intervals of a histogram, and the most columns that have one.
  private static let intervalLimit = 15
  private static let histogramLimit = 1000
}

extension InspectJSON {
  /// What was read; neither the target, by its index, nor a column that the user named is set aside. `shown` limits the
  /// columns, by their indices.
  public init(_ frame: DataFrame, target: Int?, seed: UInt64, shown: [Int]? = nil, isNamed: (String) -> Bool) {
    self.init(
      header: ResultHeader(Self.schema, seed: seed),
      body: Body(frame, target: target, seed: seed, shown: shown, isNamed: isNamed))
  }
}

extension InspectJSON.Column {
  /// The words, the commonest first.
  var falling: [(name: String, count: Int)] {
    (levels ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// The range, or the commonest words with their counts.
  func values(limit: Int) -> String {
    if let range, range.count == 2 {
      return "\(NumberText.exact(range[0].value)) to \(NumberText.exact(range[1].value))"
    }
    let all = falling
    let shown = all.prefix(limit).map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
    return all.count > limit ? "\(shown), ..." : shown
  }
}
