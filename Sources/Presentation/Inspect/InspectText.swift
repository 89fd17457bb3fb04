import DataFrames

/// What `inspect` says of a table, as text or CSV.
public struct InspectText {
  let result: InspectJSON

  /// The text of a result.
  public init(result: InspectJSON) {
    self.result = result
  }

  /// The most words of a category that are listed.
  private static let levelLimit = 6

  /// The text form.
  public var text: String {
    var lines: [String] = []
    let cells = result.columns.map { column in
      [
        OneLine.text(column.name), column.type + (column.setAside ? ", set aside" : ""), "\(column.missing)",
        "\(column.distinct)", OneLine.text(column.values(limit: Self.levelLimit)),
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
    if !result.alerts.isEmpty { lines += [""] + result.alerts.map { "beware: \(OneLine.text($0))" } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line for each column, as CSV.
  public var csv: String {
    let header = ["name", "type", "missing", "distinct", "least", "greatest", "setAside"]
    let records = result.columns.map { column in
      let range = (column.range ?? []).map { NumberText.exact($0.value) }
      return [
        column.name, column.type, "\(column.missing)", "\(column.distinct)", range.first ?? "", range.last ?? "",
        "\(column.setAside)",
      ]
    }
    return ([header] + records).map { CSVWriter.record($0) }.joined(separator: "\n") + "\n"
  }
}
