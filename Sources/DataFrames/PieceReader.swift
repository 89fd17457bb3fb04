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
  /// The words of each slot that is read as words; empty for the others.
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
struct PieceReader {
  /// The most different texts that a column of numbers keeps aside before it is given up.
  private static let most = 64

  private let plan: ReadingPlan
  private var piece = Piece()
  private let cells: UnsafeMutablePointer<Double>
  private var stored = 0
  private var column = 0
  private var slot = 0

  /// Reads `text`, whose records have `plan.roles.count` fields each.
  /// - Complexity: memory for twice the cells of the piece.
  static func read(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, plan: ReadingPlan) -> Piece {
    let capacity = fieldBound(text, delimiter)
    var rowMajor: [Double] = []
    var piece = Piece()
    rowMajor = [Double](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      guard let base = buffer.baseAddress else { return }
      var reader = PieceReader(plan: plan, cells: base)
      let ending = withUnsafeMutablePointer(to: &reader) { reader in
        FieldSplitter.split(
          text, delimiter: delimiter,
          field: { reader.pointee.take($0) },
          record: { reader.pointee.endRecord() })
      }
      piece = reader.piece
      piece.ending = ending
      initialized = piece.rows * plan.slots.count
    }
    piece.cells = columnMajor(rowMajor, rows: piece.rows, slots: plan.slots.count)
    return piece
  }

  private init(plan: ReadingPlan, cells: UnsafeMutablePointer<Double>) {
    self.plan = plan
    self.cells = cells
    piece.words = [WordTable](repeating: WordTable(), count: plan.slots.count)
    piece.isShortest = [Bool](repeating: true, count: plan.slots.count)
    piece.hasPoint = [Bool](repeating: false, count: plan.slots.count)
  }

  @inline(__always)
  private mutating func take(_ field: UnsafeBufferPointer<UInt8>) {
    defer { column += 1 }
    guard column < plan.roles.count, piece.wrongFieldCount == nil else { return }
    let role = plan.roles[column]
    if role == .skipped { return }
    let cell = CellText.trimmed(field)
    if role == .words {
      store(word(cell))
    } else if !plan.markers.includesNumbers, let value = CellText.shortestInteger(cell) {
      store(value)
    } else {
      store(number(cell, isForced: role == .forcedNumbers))
    }
  }

  @inline(__always)
  private mutating func store(_ value: Double) {
    cells[stored] = value
    stored += 1
    slot += 1
  }

  private mutating func endRecord() -> Bool {
    guard piece.wrongFieldCount == nil else { return false }
    guard column == plan.roles.count else {
      piece.wrongFieldCount = column
      return false
    }
    piece.rows += 1
    column = 0
    slot = 0
    return true
  }

  private mutating func word(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    if plan.markers.matches(cell) {
      let isNA = cell.count == 2 && cell[0] == UInt8(ascii: "N") && cell[1] == UInt8(ascii: "A")
      return isNA && plan.markers.isBuiltIn ? Piece.notAvailable : Piece.missing
    }
    return Double(piece.words[slot].number(of: cell))
  }

  private mutating func number(_ cell: UnsafeBufferPointer<UInt8>, isForced: Bool) -> Double {
    if plan.markers.includesNumbers, plan.markers.matches(cell) { return .nan }
    if let value = isForced ? CellText.anyNumber(cell) : CellText.plainNumber(cell) {
      if piece.isShortest[slot], CellText.shortestInteger(cell) == nil { piece.isShortest[slot] = false }
      if plan.looksForPoints, cell.contains(UInt8(ascii: ".")) { piece.hasPoint[slot] = true }
      return value
    }
    if !plan.markers.matches(cell) { keepAside(cell, isForced: isForced) }
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
    for byte in text where byte == delimiter || byte == 0x0A || byte == 0x0D { count += 1 }
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
