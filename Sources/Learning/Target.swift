/// What a model learns to predict, one value a row.
public enum Target: Sendable, Equatable {
  /// Classes: each row's index into `names`, or -1 where the target is missing.
  case classes([Int], names: [String])
  /// Numbers, NaN where the target is missing.
  case values([Double])

  /// The number of rows.
  public var count: Int {
    switch self {
    case .classes(let codes, _): codes.count
    case .values(let values): values.count
    }
  }

  /// The names of the classes, in the order of a prediction's columns; nil for numbers.
  public var classNames: [String]? {
    switch self {
    case .classes(_, let names): names
    case .values: nil
    }
  }

  /// The rows whose target is known, ascending.
  public var knownRows: [Int] {
    switch self {
    case .classes(let codes, _): codes.indices.filter { codes[$0] >= 0 }
    case .values(let values): values.indices.filter { !values[$0].isNaN }
    }
  }

  /// The target of the given rows, in the given order.
  public func selectingRows(_ rows: [Int]) -> Target {
    switch self {
    case .classes(let codes, let names): .classes(rows.map { codes[$0] }, names: names)
    case .values(let values): .values(rows.map { values[$0] })
    }
  }
}
