/// Turns what was found in the columns into notes, one a kind, and into errors.
enum ColumnNotes {
  /// The notes on a table's columns.
  /// - Throws: `CSVError.notANumber` for the first cell that should be a number and is none.
  static func notes(of table: CSVTableReader.Table, file: String) throws -> [ReadNote] {
    let cells = table.findings.enumerated().compactMap { column, finding -> (row: Int, column: Int)? in
      switch finding {
      case .oddTokens(_, _, _, let row), .notANumber(_, let row, _): (row, column)
      case .nothing, .leadingZeros, .digitGroups, .decimalCommas, .codeNA: nil
      }
    }
    var lines = cells.isEmpty ? [][...] : table.places.lines(of: cells)[...]
    var oddTokens: [ReadNote] = []
    var leadingZeros: [String] = []
    var digitGroups: [String] = []
    var decimalCommas: [String] = []
    var codes: [String] = []
    var refused: (line: Int, error: CSVError)?
    for (column, finding) in zip(table.columns, table.findings) {
      switch finding {
      case .nothing: continue
      case .leadingZeros: leadingZeros.append(column.name)
      case .digitGroups: digitGroups.append(column.name)
      case .decimalCommas: decimalCommas.append(column.name)
      case .codeNA: codes.append(column.name)
      case .oddTokens(let count, let token, let tokenCount, _):
        let line = lines.popFirst() ?? 1
        oddTokens.append(
          .oddTokens(column: column.name, count: count, token: token, tokenCount: tokenCount, line: line))
      case .notANumber(let text, _, _):
        let line = lines.popFirst() ?? 1
        if line < refused?.line ?? .max {
          refused = (line, .notANumber(file: file, line: line, column: column.name, found: text))
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
