import DataFrames
import Learning
import Tensors

/// A few random rows with weights, for the comparison of a fast search with a slow one.
struct RandomNode {
  var data: Dataset
  var weights: [Double]

  /// Rows with ties; columns of numbers, or of numbers and categories; missing cells in about half of the columns.
  ///
  /// `classCount` is 0 for a number as target.
  init(classCount: Int, withCategories: Bool, using generator: inout SeededGenerator) {
    let rowCount = Int.random(in: 2...14, using: &generator)
    let features = (0..<Int.random(in: 1...3, using: &generator)).map { column in
      let isCategory = withCategories && Bool.random(using: &generator)
      let levels = Int.random(in: 2...5, using: &generator)
      return Feature(
        name: "\(column)", kind: isCategory ? .category(levels: (0..<levels).map { "\($0)" }) : .number)
    }
    var rows = Matrix(rows: rowCount, columns: features.count)
    for (column, feature) in features.enumerated() {
      let missingShare = Bool.random(using: &generator) ? 0.3 : 0
      for row in 0..<rowCount {
        let isMissing = Double.random(in: 0..<1, using: &generator) < missingShare
        let code = Int.random(in: 0..<(feature.levelCount ?? 6), using: &generator)
        rows[row, column] = isMissing ? .nan : feature.levelCount == nil ? Double(code) * 0.7 - 1 : Double(code)
      }
    }
    let target: Target
    if classCount == 0 {
      target = .values((0..<rowCount).map { _ in Double.random(in: -2...5, using: &generator) })
    } else {
      target = .classes(
        (0..<rowCount).map { _ in Int.random(in: 0..<classCount, using: &generator) },
        names: (0..<classCount).map { "\($0)" })
    }
    data = Dataset(features: features, rows: rows, target: target)
    weights = (0..<rowCount).map { _ in Double(Int.random(in: 1...3, using: &generator)) }
  }
}

/// Columns of numbers without names worth having.
func numberFeatures(_ count: Int) -> [Feature] {
  (0..<count).map { Feature(name: "\($0)", kind: .number) }
}
