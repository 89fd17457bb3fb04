public import DataFrames
public import Learning
public import Tensors

/// What keeps a table from being learned from.
public enum TableError: FailureConvertible, Equatable {
  /// No column is left beside the target.
  case noFeatures(file: String, target: String)
  /// A feature's cell is infinite; the row counts the data rows from 1.
  case infinite(file: String, row: Int, column: String)
  /// The target is not among the columns that were kept.
  case targetNotKept(target: String)
  /// A column has more categories than a tree can tell apart.
  case tooManyCategories(file: String, column: String, count: Int)

  /// A target that is not kept is a wrong call, all else bad data.
  public var failureKind: Failure.Kind {
    if case .targetNotKept = self { .usage } else { .badData }
  }

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noFeatures(let file, let target):
      "\(file): no column is left to predict \"\(target)\" from"
    case .infinite(let file, let row, let column):
      "\(file), row \(row), column \"\(column)\": the value is infinite"
    case .targetNotKept(let target):
      "the target \"\(target)\" is not among the columns that are kept"
    case .tooManyCategories(let file, let column, let count):
      "\(file), column \"\(column)\": \(count) different words are too many for categories; leave it out with --drop"
    }
  }
}

/// A table with its columns told apart: the target, the features, and what is set aside.
public struct LearningTable: Sendable {
  /// The file and how it was read.
  public let source: Source
  /// The file, how it was read and what types were found, in one line.
  private let reading: String
  /// The name of the target.
  public let targetName: String
  /// The target of all rows.
  public let target: Target
  /// The columns that only tell the rows apart.
  public let setAside: [String]
  /// The features' encoding.
  public let encoding: Encoding
  /// The features of all rows.
  public let rows: Matrix
  /// The model that the table was opened with, if that is not one to be trained.
  public let opened: OpenedModel?

  /// The most categories of a column.
  public static let categoryLimit = 65_000

  /// Tells the columns of `frame` apart.
  /// - Throws: `ColumnError`, `TargetError` or `TableError`.
  public init(_ frame: DataFrame, data: TableSource, target request: TargetRequest) throws {
    let file = frame.source.path
    let targetIndex: Int
    if let name = request.column {
      if let kept = data.kept, !kept.contains(name), frame[name] == nil {
        throw TableError.targetNotKept(target: name)
      }
      targetIndex = try frame.index(ofColumn: name)
    } else {
      targetIndex = frame.columns.count - 1
    }
    guard targetIndex >= 0 else { throw TableError.noFeatures(file: file, target: "") }
    targetName = frame.columns[targetIndex].name
    do {
      target = try Target(frame.columns[targetIndex], options: request.options)
    } catch TargetError.infinite(let column, let row) {
      throw TableError.infinite(file: file, row: row, column: column)
    }
    let others = frame.columns.indices.filter { $0 != targetIndex }
    let identifiers = others.filter { frame.columns[$0].isIdentifier && !data.names(frame.columns[$0].name) }
    setAside = identifiers.map { frame.columns[$0].name }
    let isSetAside = Set(identifiers)
    let features = others.filter { !isSetAside.contains($0) }
    guard !features.isEmpty else { throw TableError.noFeatures(file: file, target: targetName) }
    for index in features { try Self.check(frame.columns[index], file: file) }
    source = frame.source
    reading = frame.summary
    encoding = Encoding(of: frame, columns: features)
    rows = encoding.encode(frame)
    opened = nil
  }

  /// A table of given parts.
  public init(
    source: Source, reading: String, targetName: String, target: Target, setAside: [String], encoding: Encoding,
    rows: Matrix, opened: OpenedModel?
  ) {
    self.source = source
    self.reading = reading
    self.targetName = targetName
    self.target = target
    self.setAside = setAside
    self.encoding = encoding
    self.rows = rows
    self.opened = opened
  }

  private static func check(_ column: Column, file: String) throws {
    switch column.values {
    case .numbers(let numbers):
      if let row = numbers.firstIndex(where: { $0.isInfinite }) {
        throw TableError.infinite(file: file, row: row + 1, column: column.name)
      }
    case .words(_, let levels):
      if levels.count > categoryLimit {
        throw TableError.tooManyCategories(file: file, column: column.name, count: levels.count)
      }
    }
  }

  /// The features and targets of the given rows.
  public func dataset(_ indices: [Int]) -> Dataset {
    Dataset(
      features: encoding.features, rows: rows.selectingRows(indices), target: target.selectingRows(indices))
  }

  /// The columns of numbers whose values a Float cannot tell apart, so that a forest cannot either: their range is
  /// small beside their size, or they are beyond Float's own.
  public var indistinct: [String] {
    encoding.features.indices.filter { column in
      guard encoding.features[column].levelCount == nil else { return false }
      var least = Double.infinity
      var greatest = -Double.infinity
      for row in 0..<rows.rows {
        let value = rows.elements[row * rows.columns + column]
        least = min(least, value)
        greatest = max(greatest, value)
      }
      guard greatest > least else { return false }
      let size = Float(max(least.magnitude, greatest.magnitude))
      return !size.isFinite || greatest - least < 100 * Double(size.ulp)
    }.map { encoding.features[$0].name }
  }

  /// What was read and what is predicted, in one line.
  public var summary: String {
    let kind =
      switch target {
      case .values: "a number"
      case .classes(_, let names): "\(names.count) classes"
      }
    return reading + "; target \"\(targetName)\", \(kind)"
  }
}
