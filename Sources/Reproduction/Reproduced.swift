import Images

/// A table, figure or section of the review, done again: what was run, what came out, and which of its statements hold.
struct Reproduced: Sendable {
  /// What it is called on the command line.
  let name: String
  /// What it is, as a heading.
  let title: String
  /// What the review says there, in short.
  let says: String
  /// The files that were read.
  private(set) var data: [UsedFile] = []
  /// What was run, each in a few words: models with how good they are, methods with their counts.
  var runs: [NamedText] = []
  /// What stands in for what the review used and cannot be had.
  var standIns: [String] = []
  /// The review's statements, with what speaks for and against them.
  var statements: [Statement] = []
  /// Tables and pictures.
  var exhibits: [Exhibit] = []
  /// Files that are not there, so that a part could not be run.
  private(set) var missing: [MissingData] = []
  /// How long it took.
  var seconds = 0.0

  init(_ part: any ReviewPart.Type) {
    name = part.name
    title = part.title
    says = part.says
  }

  /// Notes a file that was read.
  mutating func use(_ file: UsedFile) {
    if !data.contains(file) { data.append(file) }
  }

  /// Runs a piece of the part; where its data are missing that is noted, and the other pieces go on.
  /// - Throws: whatever else goes wrong.
  mutating func attempt(_ piece: (inout Reproduced) throws -> Void) throws {
    do {
      try piece(&self)
    } catch let error as MissingData {
      if !missing.contains(error) { missing.append(error) }
    }
  }

  /// How many statements have a verdict.
  func count(_ verdict: Verdict) -> Int { statements.count { $0.verdict == verdict } }
}

/// A file that a part read.
struct UsedFile: Sendable, Equatable {
  let path: String
  let sha256: String
}

/// A text with what it is of.
struct NamedText: Sendable, Equatable {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// Whether a statement holds.
enum Verdict: String, Sendable, CaseIterable, Codable {
  case holds
  case doesNotHold = "does not hold here"
  case cannotBeTold = "cannot be told"
}

/// A statement of the review, the criterion by which it is judged, and the numbers.
struct Statement: Sendable, Equatable {
  /// What the review says.
  let claim: String
  /// When the statement is taken to hold, in terms of the numbers.
  let criterion: String
  /// The numbers, the one that decides first.
  let numbers: [Number]
  let verdict: Verdict

  /// A number with its name.
  struct Number: Sendable, Equatable {
    let name: String
    let value: Double

    init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// A statement whose criterion is met or not; nil where the numbers do not tell.
  init(_ claim: String, criterion: String, _ numbers: [Number], holds: Bool?) {
    self.claim = claim
    self.criterion = criterion
    self.numbers = numbers
    let isKnown = numbers.allSatisfy { !$0.value.isNaN }
    verdict = isKnown ? holds.map { $0 ? .holds : .doesNotHold } ?? .cannotBeTold : .cannotBeTold
  }
}

/// What a page shows of a part.
enum Exhibit: Sendable {
  /// A table whose first column names the rows.
  case table(caption: String, columns: [String], rows: [Row])
  /// Pictures side by side, each under a few words.
  case pictures(caption: String, [Tile])
  /// Terms with a weight each, as bars to both sides of 0.
  case bars(title: String, axis: String, caption: String, [Bar])

  /// A row of a table.
  struct Row: Sendable {
    let name: String
    let cells: [Cell]

    init(_ name: String, _ cells: [Cell]) {
      self.name = name
      self.cells = cells
    }
  }

  /// A cell: words, or a number with the largest size of its column, which gives it a bar.
  enum Cell: Sendable, Equatable {
    case text(String)
    case number(Double)
    case bar(Double, of: Double)
    /// The page of another part.
    case part(String, text: String)
  }

  /// A picture with its label.
  struct Tile: Sendable {
    let picture: Picture
    let label: String
    var note = ""
  }

  /// A term.
  struct Bar: Sendable {
    let label: String
    let value: Double
    let error: Double
  }
}
