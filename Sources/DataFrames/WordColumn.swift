/// A column whose cells are known as texts, before it is settled whether they are words or numbers.
struct WordColumn {
  private var table = WordTable()
  private var codes: [Int32]
  private var counts: [Int] = []
  private var firstRows: [Int] = []
  private var notAvailableRows: [Int] = []

  init(rowCount: Int) {
    codes = [Int32](repeating: -1, count: rowCount)
  }

  /// Adds the cells of one piece, which are numbers of words in `words`, from `start` on.
  mutating func append(_ cells: ArraySlice<Double>, of words: WordTable, at start: Int) {
    let numbers = (0..<words.count).map { number in
      words[number].withUnsafeBufferPointer { table.number(of: $0) }
    }
    counts.append(contentsOf: repeatElement(0, count: table.count - counts.count))
    firstRows.append(contentsOf: repeatElement(-1, count: table.count - firstRows.count))
    for (offset, cell) in cells.enumerated() {
      if cell >= 0 {
        let code = numbers[Int(cell)]
        codes[start + offset] = code
        counts[Int(code)] += 1
        if firstRows[Int(code)] < 0 { firstRows[Int(code)] = start + offset }
      } else if cell == Piece.notAvailable {
        notAvailableRows.append(start + offset)
      }
    }
  }

  /// The column as numbers or words.
  func settled(declaration: Declaration, commas: [CommaReading]) -> SettledColumn {
    if declaration == .categorical { return asWords(hasLeadingZeros: false) }
    switch ColumnVerdict(tally(), isForced: declaration == .numeric, commas: commas) {
    case .numbers(let reading, let odd):
      return asNumbers(reading, odd)
    case .words(let hasLeadingZeros):
      return asWords(hasLeadingZeros: hasLeadingZeros)
    case .notANumber(let other, let commas):
      return SettledColumn(
        values: .numbers([Double](repeating: .nan, count: codes.count)),
        finding: .notANumber(text: String(decoding: other.text, as: UTF8.self), row: other.firstRow, commas: commas))
    }
  }

  private func tally() -> ColumnTally {
    var tally = ColumnTally(numbers: 0, hasPoint: false, others: [])
    for number in 0..<table.count {
      let text = table[number]
      if text.withUnsafeBufferPointer(CellText.plainNumber) != nil {
        tally.numbers += counts[number]
        if text.contains(UInt8(ascii: ".")) { tally.hasPoint = true }
      } else {
        tally.others.append(.init(text: Array(text), count: counts[number], firstRow: firstRows[number]))
      }
    }
    return tally
  }

  private func asNumbers(_ commas: CommaReading, _ odd: [ColumnTally.Other]) -> SettledColumn {
    let values = (0..<table.count).map { number -> Double in
      let text = table[number]
      return text.withUnsafeBufferPointer(CellText.anyNumber) ?? commas.value(Array(text)) ?? .nan
    }
    let numbers = codes.map { $0 < 0 ? .nan : values[Int($0)] }
    var settled = SettledColumn(values: .numbers(numbers), finding: .init(commas: commas, odd: odd))
    if let firsts = ColumnJoiner.firstRows(ofFew: numbers) {
      settled.spellings = firsts.map { row in
        .init(value: numbers[row], text: String(decoding: table[Int(codes[row])], as: UTF8.self))
      }
    }
    return settled
  }

  /// Levels are sorted by their bytes, which is the order of their Unicode scalars. Texts that Unicode counts as the
  /// same (an accent as a letter's part or as a mark of its own) are one level.
  private func asWords(hasLeadingZeros: Bool) -> SettledColumn {
    var texts = (0..<table.count).map { String(decoding: table[$0], as: UTF8.self) }
    let isCode = texts.count >= 5 && texts.allSatisfy(Self.isTwoLetterCode) && !notAvailableRows.isEmpty
    if isCode { texts.append("NA") }
    let (levels, levelOfNumber) = Self.levels(of: texts)
    var leveled = codes.map { $0 < 0 ? -1 : levelOfNumber[Int($0)] }
    if isCode {
      for row in notAvailableRows { leveled[row] = levelOfNumber[texts.count - 1] }
    }
    return SettledColumn(
      values: .words(codes: leveled, levels: levels),
      finding: isCode ? .codeNA : hasLeadingZeros ? .leadingZeros : .nothing)
  }

  /// The different texts in the order of their bytes, and the place of each text among them.
  private static func levels(of texts: [String]) -> (levels: [String], places: [Int32]) {
    var places = [Int32](repeating: -1, count: texts.count)
    if texts.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) {
      // In ASCII, Swift's order of strings is that of their bytes, and no two texts count as the same.
      let order = texts.indices.sorted { texts[$0] < texts[$1] }
      for (level, number) in order.enumerated() { places[number] = Int32(level) }
      return (order.map { texts[$0] }, places)
    }
    var levels: [String] = []
    var placeOfText: [String: Int32] = [:]
    for number in texts.indices.sorted(by: { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }) {
      let place = placeOfText[texts[number], default: Int32(levels.count)]
      if place == levels.count {
        levels.append(texts[number])
        placeOfText[texts[number]] = place
      }
      places[number] = place
    }
    return (levels, places)
  }

  private static func isTwoLetterCode(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
  }
}
