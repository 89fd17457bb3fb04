public import Tensors

/// A word where a model takes a number.
public struct NotNumberError: Error, Equatable, CustomStringConvertible {
  /// The file, the data row from 1, the column and the cell.
  public let file: String
  /// The data row, from 1.
  public let row: Int
  /// The column.
  public let column: String
  /// The cell.
  public let text: String

  /// An error at the given place.
  public init(file: String, row: Int, column: String, text: String) {
    self.file = file
    self.row = row
    self.column = column
    self.text = text
  }

  /// The error in one sentence.
  public var description: String {
    "\(file), row \(row), column \"\(column)\": the model takes a number here, found \"\(text.prefix(60))\""
  }
}

extension Encoding {
  /// The matrix of all rows of a table for features that were made elsewhere, and for each column the words that its
  /// feature does not know, which count as missing.
  ///
  /// Words are compared as such; a number of the table is a feature's word where that reads as an equal number.
  /// - Throws: `NotNumberError`
  /// - Complexity: O(rows · features)
  public func encodeGiven(_ frame: DataFrame) throws -> (rows: Matrix, unknown: [String: [String]]) {
    let width = features.count
    var matrix = Matrix(rows: frame.rowCount, columns: width, repeating: .nan)
    var unknown: [String: [String]] = [:]
    for (place, index) in indices.enumerated() {
      let column = frame.columns[index]
      switch (features[place].kind, column.values) {
      case (.number, .numbers(let numbers)):
        for row in 0..<frame.rowCount { matrix.elements[row * width + place] = numbers[row] }
      case (.number, .words(let codes, let levels)):
        for row in 0..<frame.rowCount where codes[row] >= 0 {
          let text = levels[Int(codes[row])]
          guard let number = Double(text) else {
            throw NotNumberError(file: frame.source.path, row: row + 1, column: column.name, text: text)
          }
          matrix.elements[row * width + place] = number
        }
      case (.category(let known), .words(let codes, let levels)):
        let places = Dictionary(known.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        let translated = levels.map { places[$0] }
        for row in 0..<frame.rowCount where codes[row] >= 0 {
          if let code = translated[Int(codes[row])] { matrix.elements[row * width + place] = Double(code) }
        }
        let missed = levels.indices.filter { translated[$0] == nil }.map { levels[$0] }
        if !missed.isEmpty { unknown[column.name] = missed }
      case (.category(let known), .numbers(let numbers)):
        let places = Dictionary(
          known.enumerated().compactMap { code, text in Double(text).map { ($0, code) } }
        ) { first, _ in first }
        var missed: Set<Double> = []
        for row in 0..<frame.rowCount where !numbers[row].isNaN {
          if let code = places[numbers[row]] {
            matrix.elements[row * width + place] = Double(code)
          } else {
            missed.insert(numbers[row])
          }
        }
        if !missed.isEmpty { unknown[column.name] = missed.sorted().map { "\($0)" } }
      }
    }
    return (matrix, unknown)
  }
}
