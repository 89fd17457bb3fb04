/// Rows of cells in columns of equal width, the first column flush left, the others flush right.
enum TextTable {
  static func aligned(_ rows: [[String]]) -> [String] {
    let rows = rows.map { $0.map { OneLine.text($0) } }
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let line = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
