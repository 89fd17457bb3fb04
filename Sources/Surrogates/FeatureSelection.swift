import Tensors

/// How LIME chooses the features of a surrogate.
public enum FeatureSelection: String, Sendable, CaseIterable {
  /// Forward selection for up to six features, else the highest weights, as lime does.
  case auto
  /// Greedily the feature that raises the weighted R² of an unpenalised fit most; the first of equals.
  case forward
  /// The features with the largest |coefficient · the row's value| in a ridge regression (penalty 0.01) on all.
  case highest
  /// The features of the last step of the lasso path that has at most as many as are wanted.
  case lasso
  /// All features.
  case none

  /// The features to use for one output, in the order in which they were chosen.
  /// - Parameters:
  ///   - limit: the most features.
  ///   - moments: the samples' moments.
  ///   - output: the output.
  ///   - row: the explained row's own feature values, `[features]`.
  /// - Returns: the chosen features' indices.
  func features(limit: Int, _ moments: WeightedMoments, output: Int, row: [Double]) -> [Int] {
    switch self {
    case .none: Array(row.indices)
    case .auto:
      (limit <= 6 ? Self.forward : Self.highest).features(limit: limit, moments, output: output, row: row)
    case .forward: Self.forwardSelection(limit: limit, moments, output: output)
    case .highest: Self.highestWeights(limit: limit, moments, output: output, row: row)
    case .lasso: LassoPath(moments, output: output).features(limit: limit)
    }
  }

  /// With the features J in the model, a further one adds c² / G to the explained sum of squares, where G and c are its
  /// moments with J swept out; sweeping the winner out updates all others at once, so that no fit is repeated.
  /// Costs O(limit · features²).
  private static func forwardSelection(limit: Int, _ moments: WeightedMoments, output: Int) -> [Int] {
    let width = moments.gram.rows
    var gram = moments.gram
    var cross = (0..<width).map { moments.cross[$0, output] }
    let scales = (0..<width).map { moments.gram[$0, $0] }
    var chosen: [Int] = []
    while chosen.count < min(limit, width) {
      var best = -1
      var bestGain = -Double.infinity
      for column in 0..<width where !chosen.contains(column) {
        // What is left of a column that the chosen ones make up is rounding.
        let gain =
          gram[column, column] > 1e-12 * scales[column] ? cross[column] * cross[column] / gram[column, column] : 0
        if gain > bestGain {
          best = column
          bestGain = gain
        }
      }
      chosen.append(best)
      let pivot = gram[best, best]
      guard pivot > 1e-12 * scales[best] else { continue }
      let pivotRow = Array(gram.row(best))
      let pivotCross = cross[best]
      for one in 0..<width {
        let factor = pivotRow[one] / pivot
        cross[one] -= factor * pivotCross
        for other in 0..<width { gram[one, other] -= factor * pivotRow[other] }
      }
    }
    return chosen
  }

  private static func highestWeights(
    limit: Int, _ moments: WeightedMoments, output: Int, row: [Double]
  ) -> [Int] {
    let fit = RidgeFit(moments, output: output, features: Array(row.indices), penalty: 0.01)
    let sizes = zip(fit.slopes, row).map { ($0 * $1).magnitude }
    return Array(sizes.fallingOrder().prefix(limit))
  }
}
