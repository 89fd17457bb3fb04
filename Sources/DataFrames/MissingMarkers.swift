/// The texts that stand for a missing cell, compared without regard to the case of ASCII letters.
struct MissingMarkers: Sendable {
  /// Whether the list is the built-in one.
  let isBuiltIn: Bool
  /// Whether a marker reads as a number, so that markers must be looked for before numbers.
  let includesNumbers: Bool
  /// The markers in lower case, by length.
  private let byLength: [[[UInt8]]]

  /// The markers taken without a list of the user's own; `None` is not among them, since it is a common category.
  static let builtIn = [
    "NA", "N/A", "#N/A", "#N/A N/A", "#NA", "NaN", "-NaN", "null", "<NA>", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
    "?", ".",
  ]

  /// The user's own markers, or the built-in ones for nil.
  init(_ own: [String]?) {
    isBuiltIn = own == nil
    let markers = (own ?? Self.builtIn).map { marker in
      Array(marker.utf8).withUnsafeBufferPointer { CellText.trimmed($0).map(Self.lowered) }
    }
    includesNumbers = markers.contains { $0.withUnsafeBufferPointer { CellText.anyNumber($0) != nil } }
    var lists = [[[UInt8]]](repeating: [], count: (markers.map(\.count).max() ?? 0) + 1)
    for marker in markers { lists[marker.count].append(marker) }
    byLength = lists
  }

  /// Whether the trimmed cell is missing: empty, or one of the markers.
  func matches(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    if cell.isEmpty { return true }
    guard cell.count < byLength.count else { return false }
    return byLength[cell.count].contains { marker in
      zip(marker, cell).allSatisfy { $0 == Self.lowered($1) }
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
