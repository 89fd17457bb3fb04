public import Learning
public import Tensors

/// One CART tree on all rows (Breiman, Friedman, Olshen & Stone, 1984): at each node the best cut of the best column,
/// equal ones going to the column that comes first.
public struct DecisionTree: Estimator, Equatable {
  /// What the splits minimise for classes; a number's variance is minimised always.
  public var criterion: Criterion
  /// The greatest depth of a leaf; nil: no limit.
  public var maximumDepth: Int?
  /// The least number of rows in a leaf.
  public var minimumSamplesLeaf: Int

  /// A tree of the given shape.
  public init(criterion: Criterion = .gini, maximumDepth: Int? = nil, minimumSamplesLeaf: Int = 1) {
    precondition(minimumSamplesLeaf >= 1, "DecisionTree: minimumSamplesLeaf \(minimumSamplesLeaf)")
    self.criterion = criterion
    self.maximumDepth = maximumDepth
    self.minimumSamplesLeaf = minimumSamplesLeaf
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
    let ranked = RankedColumns(
      data.rows, levelCounts: data.levelCounts, maximumBins: RankedColumns.codeLimit, workers: workers)
    let learner = TreeLearner(data.target, criterion: criterion)
    var grower = TreeGrower(
      ranked, learner, weights: [Double](repeating: 1, count: data.count),
      settings: TreeGrower.Settings(
        criterion: learner.criterion, columnsPerNode: data.features.count, maximumDepth: maximumDepth ?? .max,
        minimumLeafWeight: Double(minimumSamplesLeaf), prefersFirstColumn: true))
    let tree = grower.grow(using: &generator)
    return Model(
      ensemble: TreeEnsemble([tree], columnCount: data.features.count, outputs: max(1, learner.classCount)))
  }
}
