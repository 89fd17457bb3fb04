/// How the columns of a table meet the inputs of a model: by name, or else by order and count.
public struct ColumnMatch: Sendable, Equatable {
  /// For each input the index of its column.
  public let places: [Int]
  /// Whether the names decided.
  public let isByName: Bool
  /// The columns that no input takes.
  public let leftOver: [String]

  /// What keeps columns and inputs apart.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// The names of inputs that no column has, and of columns that are no input.
    case namesDiffer(missing: [String], leftOver: [String])
    /// Another number of columns than the model takes.
    case countsDiffer(wanted: Int, columns: [String])

    /// The failure in one sentence.
    public var description: String {
      func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
        return names.isEmpty ? "nothing" : shown + (names.count > 12 ? " and \(names.count - 12) more" : "")
      }
      switch self {
      case .namesDiffer(let missing, let leftOver):
        return "the columns do not fit the model's inputs: missing \(list(missing)); left over \(list(leftOver))"
      case .countsDiffer(let wanted, let columns):
        return "the model takes \(wanted) columns, there are \(columns.count): \(list(columns))"
      }
    }
  }

  /// Brings inputs and columns together.
  /// - Parameters:
  ///   - inputs: the inputs' names; nil for those that have none of their own.
  ///   - columns: the columns' names.
  /// - Throws: `ColumnMatch.Failure`
  public init(inputs: [String?], columns: [String]) throws {
    let byName = Dictionary(columns.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    // Writers of models turn what is no letter or digit into underscores.
    let byPlainName = Dictionary(columns.enumerated().map { (Self.plain($0.element), $0.offset) }) { _, _ in -1 }
    let found = inputs.map { name in
      name.flatMap { byName[$0] ?? byPlainName[$0].flatMap { $0 < 0 ? nil : $0 } }
    }
    let places = found.compactMap { $0 }
    if places.count == inputs.count, !inputs.isEmpty {
      self.places = places
      isByName = true
      let taken = Set(places)
      leftOver = columns.indices.filter { !taken.contains($0) }.map { columns[$0] }
      return
    }
    if places.isEmpty, inputs.count == columns.count {
      self.places = Array(columns.indices)
      isByName = false
      leftOver = []
      return
    }
    if inputs.allSatisfy({ $0 == nil }) { throw Failure.countsDiffer(wanted: inputs.count, columns: columns) }
    let taken = Set(places)
    throw Failure.namesDiffer(
      missing: zip(inputs, found).filter { $0.1 == nil }.map { $0.0 ?? "" },
      leftOver: columns.indices.filter { !taken.contains($0) }.map { columns[$0] })
  }

  private static func plain(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}
