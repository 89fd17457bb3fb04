public import Learning
import RealModule
public import Tensors

/// One CART tree on all rows (Breiman, Friedman, Olshen & Stone, 1984): at each node the best cut of the best column,
/// equal ones going to the column that comes first.
public struct DecisionTree: Estimator, Equatable {
  /// What the splits minimise for classes; a number's variance is minimised always.
  public var criterion: Criterion
  /// The greatest depth of a leaf; nil: no limit.
  public var maximumDepth: Int?
  /// The least number of rows in a leaf; with weights, of the least weight that a row has.
  public var minimumSamplesLeaf: Int
  /// The most leaves; then the node that decreases the impurity most is split first. nil: no limit, depth first.
  public var maximumLeaves: Int?

  /// A tree of the given shape.
  public init(
    criterion: Criterion = .gini, maximumDepth: Int? = nil, minimumSamplesLeaf: Int = 1, maximumLeaves: Int? = nil
  ) {
    precondition(minimumSamplesLeaf >= 1, "DecisionTree: minimumSamplesLeaf \(minimumSamplesLeaf)")
    precondition(maximumLeaves ?? 1 >= 1, "DecisionTree: no leaves")
    self.criterion = criterion
    self.maximumDepth = maximumDepth
    self.minimumSamplesLeaf = minimumSamplesLeaf
    self.maximumLeaves = maximumLeaves
  }

  /// A fitted tree.
  public struct Model: Predictor {
    /// The tree, as an ensemble of one.
    public let ensemble: TreeEnsemble

    /// One column a class, or 1.
    public var outputs: Int { ensemble.outputs }

    /// The leaf of each row.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      ensemble.predict(rows, workers: workers)
    }
  }

  /// Grows the tree on all rows of `data`; exact splits for any number of rows with at most 65,535 different values
  /// a column.
  /// - Complexity: O(n · log n · features · depth).
  public func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) -> Model {
    fit(data, weights: nil, workers: workers, using: &generator)
  }

  /// As `fit`, with a weight for each row, not negative; a row of weight 0 has no say.
  public func fit(
    _ data: Dataset, weights: [Double]?, workers: Workers, using generator: inout some RandomNumberGenerator
  ) -> Model {
    let ranked = RankedColumns(
      data.rows, levelCounts: data.levelCounts, maximumBins: RankedColumns.codeLimit, workers: workers)
    let learner = TreeLearner(data.target, criterion: criterion)
    let least = weights?.reduce(Double.infinity) { $1 > 0 ? min($0, $1) : $0 } ?? 1
    var grower = TreeGrower(
      ranked, learner, weights: weights ?? [Double](repeating: 1, count: data.count),
      settings: TreeGrower.Settings(
        criterion: learner.criterion, columnsPerNode: data.features.count, maximumDepth: maximumDepth ?? .max,
        minimumLeafWeight: Double(minimumSamplesLeaf) * least, maximumLeaves: maximumLeaves, prefersFirstColumn: true))
    let tree = grower.grow(using: &generator)
    return Model(
      ensemble: TreeEnsemble([tree], columnCount: data.features.count, outputs: max(1, learner.classCount)))
  }
}
