/// What the cells of a column come to, whatever pass over the text they were found in.
struct ColumnTally {
  /// A text that is no plain number.
  struct Other: Equatable {
    /// The text, trimmed.
    var text: [UInt8]
    /// How often it occurs.
    var count: Int
    /// The first row that has it, from 0.
    var firstRow: Int
  }

  /// The number of plain numbers.
  var numbers: Int
  /// Whether a plain number has a decimal point.
  var hasPoint: Bool
  /// All other texts that are not missing, each once.
  var others: [Other]
}

/// How the commas inside cells are read.
enum CommaReading: Sendable {
  /// A text with a comma is no number.
  case none
  /// Commas part groups of three digits.
  case groups
  /// A comma is the decimal point.
  case decimal

  /// The value of a text that is no plain number, read in this way.
  func value(_ text: [UInt8]) -> Double? {
    text.withUnsafeBufferPointer { cell in
      switch self {
      case .none: nil
      case .groups: CellText.groupedNumber(cell)
      case .decimal: CellText.decimalCommaNumber(cell)
      }
    }
  }
}

/// Whether a column is numbers or words.
enum ColumnVerdict {
  /// Numbers: commas are read as `commas` says, and `odd` are taken as missing.
  case numbers(commas: CommaReading, odd: [ColumnTally.Other])
  /// Words; `hasLeadingZeros` if they would be numbers but for zeros such as those of 007.
  case words(hasLeadingZeros: Bool)
  /// The column was declared numeric, and this is none, in the reading of commas that leaves the fewest cells.
  case notANumber(ColumnTally.Other, commas: CommaReading)

  /// The least share of numbers among the cells that are not missing, for the rest to count as odd.
  static let share = 0.95
  /// The least number of numbers, for the rest to count as odd.
  static let least = 20

  /// The verdict on a column; `commas` are the readings of commas to try, in order.
  init(_ tally: ColumnTally, isForced: Bool, commas: [CommaReading]) {
    let readings = commas.filter { $0 != .decimal || !tally.hasPoint }
    if isForced {
      self = Self.forced(tally, readings)
      return
    }
    let leading = tally.others.filter { other in
      other.text.withUnsafeBufferPointer { CellText.hasLeadingZero($0) && CellText.anyNumber($0) != nil }
    }
    if !leading.isEmpty {
      self = .words(hasLeadingZeros: leading.count == tally.others.count)
      return
    }
    let total = tally.others.reduce(tally.numbers) { $0 + $1.count }
    var best: (commas: CommaReading, odd: [ColumnTally.Other], count: Int)?
    for reading in [.none] + readings {
      let odd = tally.others.filter { reading.value($0.text) == nil }
      let count = odd.reduce(total) { $0 - $1.count }
      if count > best?.count ?? -1 { best = (reading, odd, count) }
    }
    if let best, Column.areNumbers(best.count, others: total - best.count) {
      self = .numbers(commas: best.commas, odd: best.odd)
    } else {
      self = .words(hasLeadingZeros: false)
    }
  }

  private static func forced(_ tally: ColumnTally, _ readings: [CommaReading]) -> ColumnVerdict {
    let others = tally.others.filter { $0.text.withUnsafeBufferPointer(CellText.anyNumber) == nil }
    var unread = others
    var best = CommaReading.none
    for reading in [.none] + readings {
      let odd = others.filter { reading.value($0.text) == nil }
      if odd.isEmpty { return .numbers(commas: reading, odd: []) }
      if odd.count < unread.count { (unread, best) = (odd, reading) }
    }
    guard let first = unread.min(by: { $0.firstRow < $1.firstRow }) else { return .numbers(commas: .none, odd: []) }
    return .notANumber(first, commas: best)
  }
}
