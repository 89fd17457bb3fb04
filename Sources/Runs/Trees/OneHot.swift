public import DataFrames
public import Tensors

/// Categories as one column for each of their words, 1 where the cell is the word.
public enum OneHot {
  /// The features with a column for each category, and the rows in those columns; a missing cell stays missing in all
  /// of them.
  public static func expand(_ features: [Feature], _ rows: Matrix) -> (features: [Feature], rows: Matrix) {
    var expanded: [Feature] = []
    var sources: [(column: Int, level: Int?)] = []
    for (column, feature) in features.enumerated() {
      guard case .category(let levels) = feature.kind else {
        expanded.append(feature)
        sources.append((column, nil))
        continue
      }
      for (level, word) in levels.enumerated() {
        expanded.append(Feature(name: "\(feature.name)=\(word)", kind: .number))
        sources.append((column, level))
      }
    }
    var result = Matrix(rows: rows.rows, columns: expanded.count)
    for row in 0..<rows.rows {
      for (place, source) in sources.enumerated() {
        let cell = rows[row, source.column]
        result[row, place] = cell.isNaN ? .nan : source.level.map { cell == Double($0) ? 1 : 0 } ?? cell
      }
    }
    return (expanded, result)
  }
}
