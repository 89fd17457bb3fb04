/// Finds out whether the first record of a CSV text holds the names of the columns, and makes names of it.
struct HeaderFinder {
  /// The first records.
  let sample: CellGrid
  /// The texts of missing cells.
  let markers: MissingMarkers
  /// The readings of commas inside cells to try.
  let commas: [CommaReading]

  /// Whether the first record is a header: some column is numbers below it, and its own cell in such a column is
  /// neither a number nor missing. A table without any column of numbers has a header, and so has one whose first
  /// record is a mere numbering behind an empty corner, as programs write it that number rows and columns.
  var hasHeader: Bool {
    if isNumbering { return true }
    var hasNumbers = false
    for column in 0..<sample.fieldCount(0) where isNumeric(column) {
      hasNumbers = true
      let first = kind(0, column)
      if first == .text { return true }
    }
    return !hasNumbers
  }

  /// Whether the first record is empty, 0, 1, 2 and so on, or empty, 1, 2, 3 and so on, up to 2 at least.
  private var isNumbering: Bool {
    let count = sample.fieldCount(0)
    guard count >= 3, sample.recordCount >= 2, sample.text(0, 0).isEmpty, let first = Int(sample.text(0, 1)),
      0...1 ~= first, count + first >= 4
    else { return false }
    return (2..<count).allSatisfy { sample.text(0, $0) == "\(first + $0 - 1)" }
  }

  /// What a cell is to the eye.
  enum Kind {
    case missing, number, text
  }

  /// What the cell is; leading zeros and commas make no difference here.
  func kind(_ record: Int, _ column: Int) -> Kind {
    sample.cell(record, column).withUnsafeBufferPointer { cell in
      let cell = CellText.trimmed(cell)
      if markers.matches(cell) { return .missing }
      if CellText.anyNumber(cell) != nil { return .number }
      let text = Array(cell)
      return commas.contains { $0.value(text) != nil } ? .number : .text
    }
  }

  /// Whether nearly all cells below the first record are numbers.
  private func isNumeric(_ column: Int) -> Bool {
    var numbers = 0
    var texts = 0
    for record in 1..<max(1, sample.recordCount) where column < sample.fieldCount(record) {
      switch kind(record, column) {
      case .missing: continue
      case .number: numbers += 1
      case .text: texts += 1
      }
    }
    return numbers > 0 && Double(numbers) >= ColumnVerdict.share * Double(numbers + texts)
  }

  /// The name of the column at a place, from 1, that has none of its own.
  static func numbered(_ place: Int) -> String { "column_\(place)" }

  /// Names as the table has them: an empty one becomes `column_k`, one that was there before gets `_2`, `_3` and so on.
  /// - Complexity: O(`names.count`)
  static func distinct(_ names: [String]) -> (names: [String], notes: [ReadNote]) {
    var reserved = Set(names)
    var seen: Set<String> = []
    var next: [String: Int] = [:]
    var renamings: [ReadNote.Renaming] = []
    var unnamed: [String] = []
    let free = { (base: String) -> String in
      var number = next[base, default: 2]
      while reserved.contains("\(base)_\(number)") { number += 1 }
      next[base] = number + 1
      reserved.insert("\(base)_\(number)")
      return "\(base)_\(number)"
    }
    let distinct = names.enumerated().map { position, name -> String in
      if name.isEmpty {
        let numbered = numbered(position + 1)
        let given = reserved.insert(numbered).inserted ? numbered : free(numbered)
        unnamed.append(given)
        return given
      }
      if seen.insert(name).inserted { return name }
      let given = free(name)
      renamings.append(.init(from: name, to: given))
      return given
    }
    var notes: [ReadNote] = []
    if !unnamed.isEmpty { notes.append(.unnamed(columns: unnamed)) }
    if !renamings.isEmpty { notes.append(.renamed(columns: renamings)) }
    return (distinct, notes)
  }
}
