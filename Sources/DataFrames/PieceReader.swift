/// How the cells of each column are read in one pass over the text.
struct ReadingPlan: Sendable {
  /// How the cells of one column are read.
  enum Role: UInt8, Sendable {
    /// As numbers; what is none is kept aside as text.
    case numbers
    /// As numbers, leading zeros and all, however many are none.
    case forcedNumbers
    /// As words.
    case words
    /// Not at all.
    case skipped
  }

  /// The role of each column.
  let roles: [Role]
  /// The columns that are read; the place of one in this list is its slot.
  let slots: [Int]
  /// The texts of missing cells.
  let markers: MissingMarkers
  /// Whether decimal points are looked for, which matters where commas may stand for them.
  let looksForPoints: Bool

  init(roles: [Role], markers: MissingMarkers, looksForPoints: Bool) {
    self.roles = roles
    self.slots = roles.indices.filter { roles[$0] != .skipped }
    self.markers = markers
    self.looksForPoints = looksForPoints
  }
}

/// What one piece of the text holds.
struct Piece: Sendable {
  /// The code of a missing word.
  static let missing = -1.0
  /// The code of a word spelled exactly NA, which may be missing or a code of two letters.
  static let notAvailable = -2.0

  /// The number of complete records of the right length.
  var rows = 0
  /// The cells, slot after slot, `rows` each: a number, NaN where there is none, or the number of a word.
  var cells: [Double] = []
  /// The words of each slot, if any is read as words.
  var words: [WordTable] = []
  /// The texts that are no numbers, for slots of numbers that have any.
  var others: [Int: OtherTexts] = [:]
  /// For each slot of numbers, whether all are spelled in the shortest way as whole numbers.
  var isShortest: [Bool] = []
  /// For each slot of numbers, whether any has a decimal point, if that is looked for.
  var hasPoint: [Bool] = []
  /// The number of fields of the first record of a wrong length, which comes after `rows` good ones.
  var wrongFieldCount: Int?
  /// How the piece came to its end.
  var ending = FieldSplitter.Ending.complete
}

/// Texts that are no plain numbers in a column that otherwise is.
struct OtherTexts: Sendable {
  /// The different texts.
  var texts = WordTable()
  /// How often each text occurs.
  var counts: [Int] = []
  /// The first row of each.
  var firstRows: [Int] = []
  /// Whether there are so many that the column must be read again, as words.
  var isGivenUp = false
}

/// Reads the cells of one piece of the text, a record at a time.
struct PieceReader: FieldReceiver {
  /// The most different texts that a column of numbers keeps aside before it is given up.
  private static let most = 64

  private let roles: UnsafeBufferPointer<ReadingPlan.Role>
  private let markers: MissingMarkers
  private let looksForPoints: Bool
  private let readsMarkersFirst: Bool
  private var piece = Piece()
  private let cells: UnsafeMutableBufferPointer<Double>
  private var stored = 0
  private var column = 0
  private var slot = 0

  /// Reads `text`, whose records have `plan.roles.count` fields each.
  /// - Complexity: memory for twice the cells of the piece.
  static func read(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, plan: ReadingPlan) -> Piece {
    var piece = Piece()
    let rowMajor = [Double](unsafeUninitializedCapacity: fieldBound(text, delimiter)) { cells, initialized in
      plan.roles.withUnsafeBufferPointer { roles in
        var reader = PieceReader(plan: plan, roles: roles, cells: cells)
        let ending = FieldSplitter.split(text, delimiter: delimiter, into: &reader)
        piece = reader.piece
        piece.ending = ending
        initialized = reader.stored
      }
    }
    piece.cells = columnMajor(rowMajor, rows: piece.rows, slots: plan.slots.count)
    return piece
  }

  private init(
    plan: ReadingPlan, roles: UnsafeBufferPointer<ReadingPlan.Role>, cells: UnsafeMutableBufferPointer<Double>
  ) {
    self.roles = roles
    self.cells = cells
    markers = plan.markers
    looksForPoints = plan.looksForPoints
    readsMarkersFirst = plan.markers.includesNumbers
    piece.words = [WordTable](repeating: WordTable(), count: plan.roles.contains(.words) ? plan.slots.count : 0)
    piece.isShortest = [Bool](repeating: true, count: plan.slots.count)
    piece.hasPoint = [Bool](repeating: false, count: plan.slots.count)
  }

  /// A record of a wrong length ends the reading.
  var goesOn: Bool { piece.wrongFieldCount == nil }

  static let onField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    start, count, reader in
    let field = UnsafeBufferPointer(start: UnsafePointer(start?.assumingMemoryBound(to: UInt8.self)), count: count)
    reader?.assumingMemoryBound(to: PieceReader.self).pointee.take(field)
  }

  static let onRecord: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { _, reader in
    reader?.assumingMemoryBound(to: PieceReader.self).pointee.endRecord()
  }

  @inline(__always)
  private mutating func take(_ field: UnsafeBufferPointer<UInt8>) {
    defer { column += 1 }
    guard column < roles.count, goesOn else { return }
    let role = roles[column]
    if role == .skipped { return }
    let cell = CellText.trimmed(field)
    if role == .words {
      store(word(cell))
    } else if !readsMarkersFirst, let value = CellText.shortestInteger(cell) {
      store(value)
    } else {
      store(number(cell, isForced: role == .forcedNumbers))
    }
  }

  @inline(__always)
  private mutating func store(_ value: Double) {
    cells.initializeElement(at: stored, to: value)
    stored += 1
    slot += 1
  }

  private mutating func endRecord() {
    guard goesOn else { return }
    guard column == roles.count else {
      piece.wrongFieldCount = column
      return
    }
    piece.rows += 1
    column = 0
    slot = 0
  }

  private mutating func word(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    if markers.matches(cell) {
      let isNA = cell.count == 2 && cell[0] == UInt8(ascii: "N") && cell[1] == UInt8(ascii: "A")
      return isNA && markers.isBuiltIn ? Piece.notAvailable : Piece.missing
    }
    return Double(piece.words[slot].number(of: cell))
  }

  private mutating func number(_ cell: UnsafeBufferPointer<UInt8>, isForced: Bool) -> Double {
    if readsMarkersFirst, markers.matches(cell) { return .nan }
    if let value = isForced ? CellText.anyNumber(cell) : CellText.plainNumber(cell) {
      if piece.isShortest[slot], CellText.shortestInteger(cell) == nil { piece.isShortest[slot] = false }
      if looksForPoints, cell.contains(UInt8(ascii: ".")) { piece.hasPoint[slot] = true }
      return value
    }
    if !markers.matches(cell) { keepAside(cell, isForced: isForced) }
    return .nan
  }

  private mutating func keepAside(_ cell: UnsafeBufferPointer<UInt8>, isForced: Bool) {
    let row = piece.rows
    let add = { (others: inout OtherTexts) in
      if others.isGivenUp { return }
      let number = Int(others.texts.number(of: cell))
      if number == others.counts.count {
        others.counts.append(0)
        others.firstRows.append(row)
      }
      others.counts[number] += 1
      others.isGivenUp = !isForced && (others.counts.count > Self.most || CellText.hasLeadingZero(cell))
    }
    add(&piece.others[slot, default: OtherTexts()])
  }

  /// At least as many as the text has fields.
  private static func fieldBound(_ text: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> Int {
    var count = 1
    var start = 0
    while start < text.count {
      // Sums of one byte and no branch, so that many bytes are compared at once.
      let end = min(start + 255, text.count)
      var found: UInt8 = 0
      for index in start..<end {
        let byte = text[index]
        found &+= (byte == delimiter ? 1 : 0) | (byte == 0x0A ? 1 : 0) | (byte == 0x0D ? 1 : 0)
      }
      count += Int(found)
      start = end
    }
    return count
  }

  /// The cells slot after slot; the piece is small enough to stay in the cache meanwhile.
  private static func columnMajor(_ cells: [Double], rows: Int, slots: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: rows * slots) { buffer, initialized in
      cells.withUnsafeBufferPointer { cells in
        for slot in 0..<slots {
          for row in 0..<rows {
            buffer.initializeElement(at: slot * rows + row, to: cells[row * slots + slot])
          }
        }
      }
      initialized = rows * slots
    }
  }
}
