public import DataFrames
import Learning
import Rules
import Tensors

/// The columns that rules name, and the target, taken as the rules take them, so that a table can be checked while it
/// is read.
///
/// What a whole table tells of its columns shows only at its end: `finish` sees that they are what the rules take them
/// for.
public struct RuleBinding: TableBinding {
  /// The columns; a column of words has the words of the rules and one that stands for all others.
  public let features: [Feature]
  /// The classes of the rules.
  public let classNames: [String]
  /// Nothing: what a user should know shows at the end of the table.
  public let notes: [String] = []
  private let uses: [Use]
  private let path: String
  /// The places in the table of the columns and of the target.
  private let columns: [Int]
  private let targetIndex: Int
  private let targetName: String
  private let target: TargetRequest
  /// The columns that the user says are numbers, and words.
  private let declared: [String]
  private let categorical: [String]
  private var seen: [Seen]
  private var targets = Targets()

  /// What a rule makes of a column.
  private struct Use {
    let column: String
    /// The first rule that names it, from 1.
    let rule: Int
    /// Whether it is compared with numbers, or with words; neither where it is only asked whether cells are missing.
    var isNumber = false
    var isWords = false
    var words: [String] = []
  }

  /// What has been seen of a column.
  private struct Seen {
    /// The cells that are numbers, and those that are not.
    var numbers = 0
    var others = 0
    /// Which words of the rules there are.
    var words: Set<Int> = []
  }

  /// What has been seen of the target.
  private struct Targets {
    var hasWords = false
    var hasFractions = false
    /// Different numbers, as many as tell that they are no classes.
    var numbers: Set<Double> = []
    var classes: Set<Int> = []
  }

  /// The word that stands for all that the rules do not name.
  private static let otherWord = "\u{0}other"

  /// Brings rules and a table together.
  /// - Parameters:
  ///   - files: one rule set, or two.
  ///   - frame: some rows of the table.
  ///   - data: what the user says of the table.
  ///   - target: and of its target.
  /// - Throws: `RuleFileError` for a column that the table does not have, `ColumnError` for its target.
  public init(_ files: [RuleFile], _ frame: DataFrame, data: TableSource, target: TargetRequest) throws {
    let names = frame.columns.map(\.name)
    let targetIndex = try target.column.map { try frame.index(ofColumn: $0) } ?? names.count - 1
    self.targetIndex = targetIndex
    targetName = names[targetIndex]
    self.target = target
    path = frame.source.path
    declared = data.reader.numeric
    categorical = data.reader.categorical
    var uses: [Use] = []
    var places: [String: Int] = [:]
    var columns: [Int] = []
    var classes: [String] = []
    for file in files {
      for (number, rule) in file.written.rules.enumerated() {
        classes.append(rule.then)
        for condition in rule.conditions {
          let named: [String] =
            switch condition.subject {
            case .column(let name): [name]
            case .sum(let weights): weights.map(\.column)
            }
          for name in named {
            let place = places[name] ?? uses.count
            if place == uses.count {
              guard let column = names.firstIndex(of: name), column != targetIndex else {
                let others = names.indices.filter { $0 != targetIndex }.map { names[$0] }
                throw RuleFileError.binding(
                  path: file.path,
                  .unknownColumn(rule: number + 1, name: name, nearest: nearest(to: name, among: others)))
              }
              places[name] = place
              columns.append(column)
              uses.append(Use(column: name, rule: number + 1))
            }
            switch condition.test {
            case .above, .atMost: uses[place].isNumber = true
            case .oneOf(let words):
              uses[place].isWords = true
              uses[place].words += words
            case .isMissing, .isKnown: break
            }
          }
        }
      }
      classes.append(file.written.defaultClass)
    }
    classNames = Self.distinct(classes)
    features = uses.map { use in
      Feature(
        name: use.column,
        kind: use.isNumber ? .number : .category(levels: Self.distinct(use.words) + [Self.otherWord]))
    }
    self.uses = uses
    self.columns = columns
    seen = uses.map { _ in Seen() }
  }

  private static func distinct(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  /// The columns that the user says are numbers.
  public func numericColumns(_ frame: DataFrame) -> [String] { declared }

  /// The columns that the rules compare with words, and the target.
  public func categoricalColumns(_ frame: DataFrame) -> [String] {
    features.filter { $0.levelCount != nil }.map(\.name) + (target.options.above == nil ? [targetName] : [])
  }

  /// A part of the table in terms of the rules; no category is unknown to it, as one stands for all that the rules do
  /// not name.
  public mutating func table(_ frame: DataFrame) throws -> (table: LearningTable, unknown: [String: [String]]) {
    var rows = Matrix(rows: frame.rowCount, columns: max(1, features.count), repeating: .nan)
    for place in features.indices {
      let cells = try cells(frame, place)
      for row in 0..<frame.rowCount { rows.elements[row * rows.columns + place] = cells[row] }
    }
    if features.isEmpty { rows = Matrix(rows: frame.rowCount, columns: 0) }
    let table = LearningTable(
      source: frame.source, reading: "", targetName: targetName, target: try classes(frame.columns[targetIndex]),
      setAside: [], encoding: Encoding(features: features, columns: columns), rows: rows, opened: nil)
    return (table, [:])
  }

  /// The cells of a column as a model would see them.
  private mutating func cells(_ frame: DataFrame, _ place: Int) throws -> [Double] {
    let column = frame.columns[columns[place]]
    switch (features[place].kind, column.values) {
    case (.number, .numbers(let numbers)):
      seen[place].numbers += numbers.count { !$0.isNaN }
      for case .oddTokens(column.name, let count, _, _, _) in frame.source.notes { seen[place].others += count }
      return numbers
    case (.number, .words(let codes, let levels)):
      let values = levels.map { Double($0) ?? .nan }
      for row in codes.indices where codes[row] >= 0 {
        let text = levels[Int(codes[row])]
        if !values[Int(codes[row])].isNaN {
          seen[place].numbers += 1
        } else if text.contains(",") {
          // Digits in groups are read as the column has them, which these few rows do not tell.
          throw NotNumberError(file: frame.source.path, row: row + 1, column: column.name, text: text)
        } else {
          seen[place].others += 1
        }
      }
      return codes.map { $0 < 0 ? .nan : values[Int($0)] }
    case (.category(let known), .words(let codes, let levels)):
      let places = Dictionary(known.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
      let translated = levels.map { places[$0] ?? known.count - 1 }
      let areNumbers = levels.map { Double($0) != nil }
      for code in codes where code >= 0 {
        seen[place].words.insert(translated[Int(code)])
        if areNumbers[Int(code)] { seen[place].numbers += 1 } else { seen[place].others += 1 }
      }
      return codes.map { $0 < 0 ? .nan : Double(translated[Int($0)]) }
    case (.category(let known), .numbers(let numbers)):
      return numbers.map { $0.isNaN ? .nan : Double(known.count - 1) }
    }
  }

  /// The classes of some rows: those of the rules, then others of these rows.
  private mutating func classes(_ column: Column) throws -> Target {
    var names = classNames
    var places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    func code(_ text: String) -> Int {
      if let place = places[text] { return place }
      places[text] = names.count
      names.append(text)
      return names.count - 1
    }
    let codes: [Int]
    switch (column.values, target.options.above) {
    case (.numbers(let numbers), .number(let limit)):
      let classes = [code("at most \(limit)"), code("above \(limit)")]
      codes = numbers.map { $0.isNaN ? -1 : classes[$0 > limit ? 1 : 0] }
      targets.hasWords = true
    case (.words(_, let levels), .some) where !levels.isEmpty: throw TargetError.notNumbers(column: column.name)
    case (.words(let words, let levels), _):
      for level in levels { note(target: level) }
      let classes = levels.map { level in
        guard let positive = target.options.positive else { return code(level) }
        let number = Double(positive)
        return code(
          level == positive || number != nil && Double(level) == number ? positive : "not \(positive)")
      }
      codes = words.map { $0 < 0 ? -1 : classes[Int($0)] }
    case (.numbers(let numbers), _): codes = numbers.map { _ in -1 }
    }
    for code in codes where code >= 0 && code < classNames.count { targets.classes.insert(code) }
    return .classes(codes, names: names)
  }

  private mutating func note(target text: String) {
    guard let number = Double(text) else {
      targets.hasWords = true
      return
    }
    if number != number.rounded() || number.isInfinite { targets.hasFractions = true }
    if targets.numbers.count <= Target.classLimit { targets.numbers.insert(number) }
  }

  /// Sees, at the end of the table, that its columns are what the rules take them for.
  /// - Returns: the classes and words of the rules that the table does not have, and what else a user should know.
  /// - Throws: `RuleFileError` and `ExtractionError`
  public func finish(_ file: RuleFile) throws -> (unknown: [String], notes: [String]) {
    var notes: [String] = []
    var unknown = classNames.indices.filter { !targets.classes.contains($0) }.map { "the class \"\(classNames[$0])\"" }
    for (place, use) in uses.enumerated() {
      let (numbers, others) = (seen[place].numbers, seen[place].others)
      func wrongKind(isNumber: Bool) -> RuleFileError {
        .binding(path: file.path, .wrongKind(rule: use.rule, column: use.column, isNumber: isNumber))
      }
      if use.isNumber, others > 0 {
        guard Column.areNumbers(numbers, others: others) else { throw wrongKind(isNumber: false) }
        notes.append("note: column \"\(use.column)\": \(others) cells are no numbers and count as missing")
      }
      guard use.isWords, case .category(let words) = features[place].kind else { continue }
      if numbers > 0, others == 0, !categorical.contains(use.column) { throw wrongKind(isNumber: true) }
      unknown += words.indices.dropLast().filter { !seen[place].words.contains($0) }.map {
        "\"\(words[$0])\" of \"\(use.column)\""
      }
    }
    let areClasses =
      targets.hasWords || target.options.positive != nil || target.options.task == .classification
      || categorical.contains(targetName)
      || !targets.hasFractions && targets.numbers.count <= Target.classLimit
    if !areClasses { throw ExtractionError.needsClasses }
    return (unknown, notes)
  }
}
