extension DataFrame {
  /// The index of the column called `name`. In a table whose file has no header, a whole number n that is no column's
  /// name means the file's n-th column, which is called `column_n`.
  /// - Throws: `ColumnError.unknown`
  /// - Complexity: O(`columns.count`)
  public func index(ofColumn name: String) throws -> Int {
    let names = columns.lazy.map(\.name)
    if let found = names.firstIndex(of: name) { return found }
    if let other = Self.numbered(name, hasHeader: hasHeader), let found = names.firstIndex(of: other) {
      return found
    }
    throw ColumnError.unknown(name: name, names: Array(names))
  }

  /// The table with only the columns in `keep` (nil: all) and without those in `drop`, in the file's order.
  /// - Throws: `ColumnError.unknown` for a name that no column has.
  /// - Complexity: O(`columns.count`) and one look-up a name
  public func selecting(keep: [String]?, drop: [String]) throws -> DataFrame {
    let names = columns.map(\.name)
    var isKept = [Bool](repeating: keep == nil, count: columns.count)
    for index in try Self.indices(ofColumns: keep ?? [], among: names, hasHeader: hasHeader) {
      isKept[index] = true
    }
    for index in try Self.indices(ofColumns: drop, among: names, hasHeader: hasHeader) {
      isKept[index] = false
    }
    return DataFrame(
      columns: columns.indices.filter { isKept[$0] }.map { columns[$0] }, rowCount: rowCount, source: source)
  }

  /// The places of `wanted` among `names`, by the rule of `index(ofColumn:)`.
  static func indices(ofColumns wanted: [String], among names: [String], hasHeader: Bool) throws -> [Int] {
    if wanted.isEmpty { return [] }
    let places = Dictionary(zip(names, names.indices)) { first, _ in first }
    return try wanted.map { name in
      if let place = places[name] { return place }
      if let other = numbered(name, hasHeader: hasHeader), let place = places[other] { return place }
      throw ColumnError.unknown(name: name, names: names)
    }
  }

  /// Whether the file names its columns; pixels have names.
  private var hasHeader: Bool { source.csv?.hasHeader ?? true }

  /// The name of the column that a number means in a table without header.
  private static func numbered(_ name: String, hasHeader: Bool) -> String? {
    hasHeader ? nil : Int(name).map { HeaderFinder.numbered($0) }
  }
}
