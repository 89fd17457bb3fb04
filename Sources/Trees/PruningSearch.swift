public import Learning
import RealModule
public import Tensors

/// The strength of pruning that cross-validation chooses: the smallest tree whose loss is within one standard error of
/// the least (the 1 SE rule, Breiman et al., 1984, section 3.4.3).
public struct PruningSearch: Sendable, Equatable {
  /// A strength that was tried.
  public struct Candidate: Sendable, Equatable {
    /// α.
    public let alpha: Double
    /// The number of leaves of the tree on all rows.
    public let leaves: Int
    /// The mean loss of a row that the tree was not grown on: 0 or 1 for a class, the squared error of a number.
    public let loss: Double
    /// The loss's standard error, from the rows' own losses.
    public let standardError: Double
  }

  /// The strengths at which the tree changes, ascending.
  public let candidates: [Candidate]
  /// The index of the chosen one.
  public let choice: Int
  /// The tree on all rows, pruned.
  public let ensemble: TreeEnsemble

  /// The most strengths that are tried, evenly picked from the tree's own.
  static let candidateLimit = 200

  /// Grows a tree on all rows and one for each fold without it, and measures the pruned ones on the folds.
  /// - Parameters:
  ///   - tree: how trees are grown.
  ///   - data: rows whose targets are known.
  ///   - weights: one a row; nil: 1 each. The losses are weighted alike.
  ///   - folds: the number of folds; fewer where there are fewer rows.
  ///   - workers: share the folds.
  ///   - generator: deals the rows into folds.
  /// - Complexity: O(`folds`) times the growing of a tree
  public init(
    _ tree: DecisionTree, _ data: Dataset, weights: [Double]?, folds: Int, workers: Workers,
    using generator: inout some RandomNumberGenerator
  ) {
    let full = tree.fit(data, weights: weights, workers: workers, using: &generator).ensemble
    let pruning = CostComplexityPruning(
      full, TreeStatistics(full, data, weights: weights, criterion: tree.criterion))
    let all = pruning.alphas
    let stride = max(1, (all.count + Self.candidateLimit - 1) / Self.candidateLimit)
    let alphas = all.enumerated().filter { $0.offset % stride == 0 || $0.offset == all.count - 1 }.map(\.element)
    // Between two changes any α makes the same tree; the geometric mean stands for them on other rows.
    let tried = alphas.indices.map { $0 + 1 < alphas.count ? (alphas[$0] * alphas[$0 + 1]).squareRoot() : alphas[$0] }
    let dealt = Folds(data.target, count: max(2, min(folds, data.count)), using: &generator)
    let seed = generator.next()
    let losses = workers.map(count: dealt.rows.count) { fold in
      var generator = SeededGenerator(seed: seed, stream: UInt64(fold), purpose: .tree)
      let rows = dealt.training(without: fold)
      let training = data.selectingRows(rows)
      let foldWeights = weights.map { weights in rows.map { weights[$0] } }
      let grown = tree.fit(training, weights: foldWeights, workers: .one, using: &generator).ensemble
      let path = CostComplexityPruning(
        grown, TreeStatistics(grown, training, weights: foldWeights, criterion: tree.criterion))
      let rest = data.selectingRows(dealt.rows[fold])
      return tried.map { Self.losses(path.tree(alpha: $0), rest) }
    }
    let order = dealt.rows.flatMap { $0 }
    let rowWeights = order.map { weights?[$0] ?? 1 }
    let candidates = alphas.indices.map { index in
      let (mean, error) = Self.mean(losses.flatMap { $0[index] }, rowWeights)
      return Candidate(
        alpha: alphas[index], leaves: pruning.tree(alpha: alphas[index]).leafCount, loss: mean, standardError: error)
    }
    let best = candidates.indices.reduce(0) { candidates[$1].loss <= candidates[$0].loss ? $1 : $0 }
    let bound = candidates[best].loss + candidates[best].standardError
    self.candidates = candidates
    choice = candidates.lastIndex { $0.loss <= bound } ?? best
    ensemble = pruning.tree(alpha: alphas[choice])
  }

  private static func losses(_ ensemble: TreeEnsemble, _ data: Dataset) -> [Double] {
    let predictions = ensemble.predict(data.rows, workers: .one)
    switch data.target {
    case .classes(let codes, _): return zip(Metrics.classes(predictions), codes).map { $0 == $1 ? 0 : 1 }
    case .values(let values): return zip(predictions.elements, values).map { ($0 - $1) * ($0 - $1) }
    }
  }

  private static func mean(_ losses: [Double], _ weights: [Double]) -> (mean: Double, error: Double) {
    let total = weights.reduce(0, +)
    let mean = zip(losses, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(losses, weights).reduce(0) { $0 + $1.1 * $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    return (mean, squares.squareRoot() / total)
  }
}
