/// Turns what was found in the columns into notes, one a kind, and into errors.
enum ColumnNotes {
  /// The notes on a table's columns.
  /// - Throws: `CSVError.notANumber` for the first cell that should be a number and is none.
  static func notes(of table: CSVTableReader.Table, file: String) throws -> [ReadNote] {
    var rows: [Int] = []
    for finding in table.findings {
      switch finding {
      case .oddTokens(_, _, _, let row), .notANumber(_, let row): rows.append(row)
      case .nothing, .leadingZeros, .digitGroups, .decimalCommas, .codeNA: continue
      }
    }
    let lines = rows.isEmpty ? [:] : table.places.lines(ofRows: rows)
    var oddTokens: [ReadNote] = []
    var leadingZeros: [String] = []
    var digitGroups: [String] = []
    var decimalCommas: [String] = []
    var codes: [String] = []
    var refused: (row: Int, error: CSVError)?
    for (column, finding) in zip(table.columns, table.findings) {
      switch finding {
      case .nothing: continue
      case .leadingZeros: leadingZeros.append(column.name)
      case .digitGroups: digitGroups.append(column.name)
      case .decimalCommas: decimalCommas.append(column.name)
      case .codeNA: codes.append(column.name)
      case .oddTokens(let count, let token, let tokenCount, let row):
        oddTokens.append(
          .oddTokens(column: column.name, count: count, token: token, tokenCount: tokenCount, line: lines[row] ?? 1))
      case .notANumber(let text, let row):
        if row < refused?.row ?? .max {
          refused = (row, .notANumber(file: file, line: lines[row] ?? 1, column: column.name, found: text))
        }
      }
    }
    if let refused { throw refused.error }
    let lists: [([String], ([String]) -> ReadNote)] = [
      (leadingZeros, ReadNote.leadingZeros), (digitGroups, ReadNote.digitGroups),
      (decimalCommas, ReadNote.decimalCommas), (codes, ReadNote.codeNA),
    ]
    return lists.filter { !$0.0.isEmpty }.map { $1($0) } + oddTokens
  }
}
