/// A column whose type is settled.
struct SettledColumn: Sendable {
  /// The cells.
  var values: Column.Values
  /// Of a column of few different numbers: each and its spelling.
  var spellings: [Column.Spelling] = []
  /// Of a column of few different numbers whose spellings are still to be read: the first row of each.
  var unspelled: [Int] = []
  /// What is to be said of it.
  var finding = Finding.nothing

  /// What is to be said of a column.
  enum Finding: Sendable {
    case nothing, leadingZeros, digitGroups, decimalCommas, codeNA
    case oddTokens(count: Int, token: String, tokenCount: Int, row: Int)
    case notANumber(text: String, row: Int, commas: CommaReading)

    /// What is to be said of a column of numbers.
    init(commas: CommaReading, odd: [ColumnTally.Other]) {
      if let most = odd.max(by: { ($0.count, $1.firstRow) < ($1.count, $0.firstRow) }) {
        self = .oddTokens(
          count: odd.reduce(0) { $0 + $1.count }, token: String(decoding: most.text, as: UTF8.self),
          tokenCount: most.count, row: most.firstRow)
        return
      }
      switch commas {
      case .none: self = .nothing
      case .groups: self = .digitGroups
      case .decimal: self = .decimalCommas
      }
    }
  }
}

/// What the user says of a column's type.
enum Declaration: Sendable {
  case none, numeric, categorical
}

/// Puts the pieces of a column together and settles what it is.
struct ColumnJoiner: Sendable {
  /// The pieces, in the order of the text.
  let pieces: [Piece]
  /// The plan by which they were read.
  let plan: ReadingPlan
  /// What the user says of each column.
  let declarations: [Declaration]
  /// The readings of commas inside cells to try, in order.
  let commas: [CommaReading]
  /// The number of rows of all pieces.
  var rowCount: Int { pieces.reduce(0) { $0 + $1.rows } }

  /// The column in `slot`, or nil if it was read as numbers and must be read again, as words: because it is none of
  /// numbers, or because its numbers have commas, or because too many different texts stand in it.
  func settled(slot: Int) -> SettledColumn? {
    let column = plan.slots[slot]
    if plan.roles[column] == .words {
      return words(slot).settled(declaration: declarations[column], commas: commas)
    }
    if pieces.contains(where: { $0.others[slot]?.isGivenUp == true }) { return nil }
    let numbers = joined(slot)
    let others = otherTexts(slot)
    let tally = ColumnTally(
      numbers: others.isEmpty ? 0 : numbers.reduce(0) { $0 + ($1.isNaN ? 0 : 1) },
      hasPoint: pieces.contains { $0.hasPoint[slot] }, others: others)
    switch ColumnVerdict(tally, isForced: declarations[column] == .numeric, commas: commas) {
    case .words, .numbers(commas: .groups, _), .numbers(commas: .decimal, _):
      return nil
    case .notANumber(let other, let commas):
      return SettledColumn(
        values: .numbers(numbers),
        finding: .notANumber(text: String(decoding: other.text, as: UTF8.self), row: other.firstRow, commas: commas))
    case .numbers(commas: .none, let odd):
      var settled = SettledColumn(values: .numbers(numbers), finding: .init(commas: .none, odd: odd))
      if let firsts = Self.firstRows(ofFew: numbers) {
        if pieces.allSatisfy({ $0.isShortest[slot] }) {
          settled.spellings = firsts.map { .init(value: numbers[$0], text: String(Int(numbers[$0]))) }
        } else {
          settled.unspelled = firsts
        }
      }
      return settled
    }
  }

  /// The rows in which the different numbers of a column first stand, ascending by number; nil if the numbers are more
  /// than `Column.spellingLimit`.
  static func firstRows(ofFew numbers: [Double]) -> [Int]? {
    var values: [Double] = []
    var rows: [Int] = []
    values.reserveCapacity(Column.spellingLimit)
    rows.reserveCapacity(Column.spellingLimit)
    var last = Double.nan
    for (row, number) in numbers.enumerated() where number != last && !number.isNaN {
      last = number
      if values.contains(number) { continue }
      if values.count == Column.spellingLimit { return nil }
      values.append(number)
      rows.append(row)
    }
    return rows.sorted { numbers[$0] < numbers[$1] }
  }

  /// All cells of a slot, one piece after the other.
  private func joined(_ slot: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      for piece in pieces {
        let cells = piece.cells[slot * piece.rows..<(slot + 1) * piece.rows]
        _ = UnsafeMutableBufferPointer(rebasing: buffer[initialized...]).initialize(fromContentsOf: cells)
        initialized += piece.rows
      }
    }
  }

  /// The texts that are no plain numbers, over all pieces.
  private func otherTexts(_ slot: Int) -> [ColumnTally.Other] {
    var others: [ColumnTally.Other] = []
    var places: [[UInt8]: Int] = [:]
    var firstRow = 0
    for piece in pieces {
      if let found = piece.others[slot] {
        for number in 0..<found.texts.count {
          let text = Array(found.texts[number])
          if let place = places[text] {
            others[place].count += found.counts[number]
          } else {
            places[text] = others.count
            others.append(.init(text: text, count: found.counts[number], firstRow: firstRow + found.firstRows[number]))
          }
        }
      }
      firstRow += piece.rows
    }
    return others
  }

  /// The words of a slot, over all pieces.
  private func words(_ slot: Int) -> WordColumn {
    var column = WordColumn(rowCount: rowCount)
    var row = 0
    for piece in pieces {
      column.append(piece.cells[slot * piece.rows..<(slot + 1) * piece.rows], of: piece.words[slot], at: row)
      row += piece.rows
    }
    return column
  }
}
