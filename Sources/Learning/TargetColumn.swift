public import DataFrames

/// What the user wants of the target column.
public struct TargetOptions: Sendable, Equatable {
  /// What kind of task the target makes; nil: found out from its values.
  public var task: Task?
  /// The class that is told from all others.
  public var positive: String?
  /// The bound above which a number is one class and up to which it is the other.
  public var above: Bound?

  /// What kind of task a target makes.
  public enum Task: String, Sendable, Equatable, CaseIterable {
    /// Telling classes apart.
    case classification
    /// Predicting a number.
    case regression
  }

  /// A bound that cuts a number into two classes.
  public enum Bound: Sendable, Equatable {
    /// The mean of the known values.
    case mean
    /// A number that was given.
    case number(Double)
  }

  /// Options, each with the default that finds things out.
  public init(task: Task? = nil, positive: String? = nil, above: Bound? = nil) {
    self.task = task
    self.positive = positive
    self.above = above
  }
}

/// What keeps a column from being a target.
public enum TargetError: Error, Equatable, CustomStringConvertible {
  /// No cell of the column has a value.
  case noValues(column: String)
  /// All rows whose target is known have the same one.
  case oneValue(column: String, value: String)
  /// Too few rows have a target.
  case tooFewRows(column: String, rows: Int)
  /// A number was wanted of a column of words.
  case notNumbers(column: String)
  /// The value at a data row, from 1, is infinite.
  case infinite(column: String, row: Int)
  /// No row has the class that was asked for.
  case unknownClass(column: String, name: String, names: [String])

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noValues(let column):
      return "the target \"\(column)\" has no values"
    case .oneValue(let column, let value):
      return "the target \"\(column)\" is \(value) in every row, so there is nothing to learn"
    case .tooFewRows(let column, let rows):
      return "only \(rows) \(rows == 1 ? "row has" : "rows have") a value in the target \"\(column)\""
    case .notNumbers(let column):
      return "the target \"\(column)\" is made of words, and a number is needed; --positive VALUE tells one of them "
        + "from the others"
    case .infinite(let column, let row):
      return "row \(row), column \"\(column)\": the value is infinite"
    case .unknownClass(let column, let name, let names):
      let near = nearest(to: name, among: names)
      let shown = near.isEmpty ? Array(names.prefix(10)) : near
      let list = shown.map { "\"\($0)\"" }.joined(separator: near.isEmpty ? ", " : " or ")
      return "the target \"\(column)\" has no class \"\(name)\"; "
        + (near.isEmpty ? "its classes are \(list)" : "did you mean \(list)?")
    }
  }
}

extension Target {
  /// The most different whole numbers that are taken for classes without being told.
  public static let classLimit = 10

  /// The target that a column makes.
  ///
  /// Unless told, words are classes, and so are at most ten different whole numbers; other numbers are numbers. The
  /// classes are named as the file spells them, words in sorted order, numbers ascending.
  /// - Throws: `TargetError` where the column cannot be what is wanted.
  public init(_ column: Column, options: TargetOptions = TargetOptions()) throws {
    let target = try Self.raw(column, options)
    let known = target.knownRows
    guard let first = known.first else { throw TargetError.noValues(column: column.name) }
    guard known.count > 1 else { throw TargetError.tooFewRows(column: column.name, rows: known.count) }
    switch target {
    case .classes(let codes, let names):
      if known.allSatisfy({ codes[$0] == codes[first] }) {
        throw TargetError.oneValue(column: column.name, value: "\"\(names[codes[first]])\"")
      }
    case .values(let values):
      if let row = known.first(where: { values[$0].isInfinite }) {
        throw TargetError.infinite(column: column.name, row: row + 1)
      }
      if known.allSatisfy({ values[$0] == values[first] }) {
        throw TargetError.oneValue(column: column.name, value: "\(values[first])")
      }
    }
    self = target
  }

  private static func raw(_ column: Column, _ options: TargetOptions) throws -> Target {
    if let bound = options.above {
      guard case .numbers(let numbers) = column.values else { throw TargetError.notNumbers(column: column.name) }
      if bound == .mean, let row = numbers.firstIndex(where: { $0.isInfinite }) {
        throw TargetError.infinite(column: column.name, row: row + 1)
      }
      return cut(numbers, at: bound)
    }
    switch column.values {
    case .words(let codes, let levels):
      if options.task == .regression { throw TargetError.notNumbers(column: column.name) }
      return try told(
        apart: occurring(codes.map { Int($0) }, levels), positive: options.positive, column: column.name)
    case .numbers(let numbers):
      let areClasses =
        options.task.map { $0 == .classification } ?? (options.positive != nil || looksLikeClasses(numbers))
      if !areClasses { return .values(numbers) }
      return try told(
        apart: classes(of: numbers, spellings: column.spellings), positive: options.positive, column: column.name)
    }
  }

  private static func looksLikeClasses(_ numbers: [Double]) -> Bool {
    var different: Set<Double> = []
    for number in numbers where !number.isNaN {
      if number != number.rounded() || number.isInfinite { return false }
      different.insert(number)
      if different.count > classLimit { return false }
    }
    return true
  }

  /// Classes of which each has a row.
  private static func occurring(_ codes: [Int], _ names: [String]) -> Target {
    let present = Set(codes)
    let kept = names.indices.filter { present.contains($0) }
    var places = [Int](repeating: -1, count: names.count)
    for (place, code) in kept.enumerated() { places[code] = place }
    return .classes(codes.map { $0 < 0 ? -1 : places[$0] }, names: kept.map { names[$0] })
  }

  private static func classes(of numbers: [Double], spellings: [Column.Spelling]) -> Target {
    let values = Set(numbers.filter { !$0.isNaN }).sorted()
    let spelled = Dictionary(spellings.map { ($0.value, $0.text) }) { first, _ in first }
    let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($0.element, $0.offset) })
    return .classes(
      numbers.map { $0.isNaN ? -1 : places[$0] ?? -1 },
      names: values.map { spelled[$0] ?? ($0 == $0.rounded() && $0.magnitude < 1e15 ? "\(Int($0))" : "\($0)") })
  }

  /// One class against the rest, the rest first; all classes where none is asked for.
  private static func told(apart target: Target, positive: String?, column: String) throws -> Target {
    guard let positive, case .classes(let codes, let names) = target else { return target }
    let number = Double(positive)
    guard
      let index = names.firstIndex(of: positive)
        ?? names.firstIndex(where: { number != nil && Double($0) == number })
    else {
      throw TargetError.unknownClass(column: column, name: positive, names: names)
    }
    return .classes(
      codes.map { $0 < 0 ? -1 : $0 == index ? 1 : 0 }, names: ["not \(names[index])", names[index]])
  }

  private static func cut(_ numbers: [Double], at bound: TargetOptions.Bound) -> Target {
    let limit: Double
    switch bound {
    case .number(let given): limit = given
    case .mean:
      let known = numbers.filter { !$0.isNaN }
      limit = known.reduce(0, +) / Double(max(1, known.count))
    }
    return .classes(
      numbers.map { $0.isNaN ? -1 : $0 > limit ? 1 : 0 }, names: ["at most \(limit)", "above \(limit)"])
  }
}
