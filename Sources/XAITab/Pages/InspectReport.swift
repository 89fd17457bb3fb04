import DataFrames

/// What `inspect` says of a table, as text, JSON (`xai-tab/inspect/1`) or CSV.
struct InspectReport {
  private let frame: DataFrame
  private let target: Int
  private let seed: UInt64
  private let columns: [Entry]
  private let alerts: [String]

  private struct Entry {
    let summary: ColumnSummary
    let isSetAside: Bool
  }

  /// The report; neither the target, by its index, nor a column that the user named is set aside.
  init(_ frame: DataFrame, target: Int, seed: UInt64, isNamed: (String) -> Bool) {
    self.frame = frame
    self.target = target
    self.seed = seed
    columns = zip(frame.summaries(), frame.columns.indices).map { summary, index in
      Entry(
        summary: summary,
        isSetAside: index != target && frame.columns[index].isIdentifier && !isNamed(summary.name))
    }
    let targetName = frame.columns[target].name
    alerts = frame.alerts().filter { $0 != .identifier(column: targetName) }.map { "\($0)" }
  }

  /// The most words of a category that the text lists.
  private static let levelLimit = 6

  func text() -> String {
    var lines: [String] = []
    let cells = columns.map { entry in
      [
        Terminal.oneLine(entry.summary.name), entry.summary.kind.rawValue + (entry.isSetAside ? ", set aside" : ""),
        "\(entry.summary.missing)", "\(entry.summary.distinct)", Terminal.oneLine(Self.values(entry.summary)),
      ]
    }
    let table = [["column", "type", "missing", "distinct", "values"]] + cells
    let widths = (0..<5).map { column in min(40, table.map { $0[column].count }.max() ?? 0) }
    for row in table {
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
        let isNumeric = column == 2 || column == 3
        line += (column == 0 ? "" : "  ") + (isNumeric ? padding + cell : column == 4 ? cell : cell + padding)
      }
      lines.append(line)
    }
    if !alerts.isEmpty { lines += [""] + alerts.map { "beware: \(Terminal.oneLine($0))" } }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func values(_ summary: ColumnSummary) -> String {
    if let range = summary.range {
      return "\(NumberText.exact(range.lowerBound)) to \(NumberText.exact(range.upperBound))"
    }
    let shown = summary.levels.prefix(levelLimit).map { "\($0.name) (\($0.count))" }.joined(separator: ", ")
    return summary.levels.count > levelLimit ? "\(shown), ..." : shown
  }

  func csv() -> String {
    let header = ["name", "type", "missing", "distinct", "least", "greatest", "setAside"]
    let records = columns.map { entry in
      let range = entry.summary.range
      return [
        entry.summary.name, entry.summary.kind.rawValue, "\(entry.summary.missing)", "\(entry.summary.distinct)",
        range.map { NumberText.exact($0.lowerBound) } ?? "", range.map { NumberText.exact($0.upperBound) } ?? "",
        "\(entry.isSetAside)",
      ]
    }
    return ([header] + records).map { CSVWriter.record($0) }.joined(separator: "\n") + "\n"
  }

  func json() -> some Encodable {
    Document(
      seed: seed, data: DataFacts(frame.source, target: frame.columns[target].name),
      columns: columns.map { entry in
        Document.Column(
          name: entry.summary.name, type: entry.summary.kind.rawValue, missing: entry.summary.missing,
          distinct: entry.summary.distinct,
          range: entry.summary.range.map { [JSONNumber($0.lowerBound), JSONNumber($0.upperBound)] },
          levels: entry.summary.levels.isEmpty
            ? nil : Dictionary(entry.summary.levels.map { ($0.name, $0.count) }) { first, _ in first },
          setAside: entry.isSetAside)
      },
      alerts: alerts)
  }

  private struct Document: Encodable {
    let schema = "xai-tab/inspect/1"
    let version = Provenance.version
    let seed: UInt64
    let data: DataFacts
    let columns: [Column]
    let alerts: [String]

    struct Column: Encodable {
      let name: String
      let type: String
      let missing: Int
      let distinct: Int
      let range: [JSONNumber]?
      let levels: [String: Int]?
      let setAside: Bool
    }
  }
}
