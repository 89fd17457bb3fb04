import Tensors

/// The path of the lasso's coefficients as its penalty falls from where all are 0 to none, by least angle regression
/// (Efron, Hastie, Johnstone & Tibshirani, *Least Angle Regression*, Annals of Statistics 32(2), 2004, section 3.1).
struct LassoPath: Sendable {
  /// The coefficients at the end of each step, the first step's before any feature enters.
  private(set) var steps: [[Double]]

  /// The path for one output.
  ///
  /// All features in the model have residual correlations of one size, the largest; the coefficients move in the
  /// direction that lowers them together until another feature's correlation is as large, or a coefficient comes to 0
  /// and its feature leaves. Costs O(steps · features²) plus the solving of each step.
  init(_ moments: WeightedMoments, output: Int) {
    let width = moments.gram.rows
    var coefficients = [Double](repeating: 0, count: width)
    var correlations = (0..<width).map { moments.cross[$0, output] }
    var active: [Int] = []
    var justLeft: Int?
    steps = [coefficients]
    let first = correlations.map(\.magnitude).max() ?? 0
    let tolerance = 1e-12 * first
    while steps.count <= 8 * width + 1 {
      let candidates = (0..<width).filter { !active.contains($0) && $0 != justLeft }
      let entering = candidates.max { correlations[$0].magnitude < correlations[$1].magnitude }
      if justLeft == nil, let entering, correlations[entering].magnitude > tolerance { active.append(entering) }
      guard !active.isEmpty else { return }
      let size = active.map { correlations[$0].magnitude }.max() ?? 0
      if size <= tolerance { return }
      let signs = active.map { correlations[$0] < 0 ? -1.0 : 1.0 }
      let direction = CholeskyFactor(moments.system(active, penalty: 0)).solve(signs)
      // How fast each correlation falls along the direction; those of the active features fall by 1.
      let falls = (0..<width).map { column in
        zip(active, direction).reduce(0) { $0 + moments.gram[column, $1.0] * $1.1 }
      }
      var length = size
      for column in 0..<width where !active.contains(column) && column != justLeft {
        for (gap, speed) in [
          (size - correlations[column], 1 - falls[column]), (size + correlations[column], 1 + falls[column]),
        ] where speed > 1e-12 && gap / speed > tolerance {
          length = min(length, gap / speed)
        }
      }
      var leaving: Int?
      for (place, feature) in active.enumerated() where direction[place] * coefficients[feature] < 0 {
        let distance = -coefficients[feature] / direction[place]
        if distance < length {
          length = distance
          leaving = place
        }
      }
      for (place, feature) in active.enumerated() { coefficients[feature] += length * direction[place] }
      for column in 0..<width { correlations[column] -= length * falls[column] }
      justLeft = nil
      if let leaving {
        justLeft = active.remove(at: leaving)
        if let justLeft { coefficients[justLeft] = 0 }
      }
      steps.append(coefficients)
      if length >= size { return }
    }
  }

  /// The features, ascending, of the last step but the first with at most `limit` of them; of the first step where none
  /// has as few.
  func features(limit: Int) -> [Int] {
    let sets = steps.dropFirst().map { step in step.indices.filter { step[$0] != 0 } }
    return sets.last { $0.count <= limit } ?? sets.first ?? []
  }
}
