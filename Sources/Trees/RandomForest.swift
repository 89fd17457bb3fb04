public import Learning
public import Tensors

/// Random forests (Breiman, *Random Forests*, Machine Learning 45, 2001): trees grown on bootstrap samples of the
/// rows with a random draw of columns at each node; their leaves' class shares or means are averaged.
///
/// Numbers, categories and missing cells are taken as they are. Values that are equal as Float count as equal and
/// thresholds are Floats. Splits are exact up to 20,000 rows; beyond, a column's values are first grouped in at most
/// `maximumBins` groups of about equally many rows.
public struct RandomForest: Estimator, Equatable {
  /// The number of trees.
  public var trees: Int
  /// The number of columns drawn at each node; nil: √d for classes, d for a number, as scikit-learn does.
  public var columnsPerNode: Int?
  /// The greatest depth of a leaf; nil: no limit.
  public var maximumDepth: Int?
  /// The least number of drawn rows in a leaf.
  public var minimumSamplesLeaf: Int
  /// The most groups of a column's values where there are more than 20,000 rows.
  public var maximumBins: Int

  /// A forest of the given shape.
  public init(
    trees: Int = 100, columnsPerNode: Int? = nil, maximumDepth: Int? = nil, minimumSamplesLeaf: Int = 1,
    maximumBins: Int = 512
  ) {
    precondition(trees >= 1 && minimumSamplesLeaf >= 1 && maximumBins >= 2, "RandomForest: impossible settings")
    self.trees = trees
    self.columnsPerNode = columnsPerNode
    self.maximumDepth = maximumDepth
    self.minimumSamplesLeaf = minimumSamplesLeaf
    self.maximumBins = maximumBins
  }

  /// A fitted forest.
  public struct Model: Predictor {
    /// The trees.
    public let ensemble: TreeEnsemble
    /// The out-of-bag prediction of each training row, `[n, outputs]`: the mean over the trees whose sample did not
    /// hold the row; NaN where every tree's did.
    public let outOfBag: Matrix
    /// For each tree the training rows that its sample held.
    public let isDrawn: [[Bool]]

    /// One column a class, or 1.
    public var outputs: Int { ensemble.outputs }

    /// The mean of the trees' leaves.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      ensemble.predict(rows, workers: workers)
    }
  }

  /// Grows the trees on all rows of `data`.
  /// - Complexity: O(trees · n · log n · columns drawn) where the trees are balanced.
  public func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) -> Model {
    let seed = generator.next()
    let rowCount = data.count
    let ranked = RankedColumns(
      data.rows, levelCounts: data.levelCounts, maximumBins: maximumBins, workers: workers)
    let learner = TreeLearner(data.target, criterion: nil)
    let width = data.features.count
    let settings = TreeGrower.Settings(
      criterion: learner.criterion,
      columnsPerNode: columnsPerNode ?? (learner.classCount > 0 ? max(1, Int(Double(width).squareRoot())) : width),
      maximumDepth: maximumDepth ?? .max, minimumLeafWeight: Double(minimumSamplesLeaf),
      maximumLeaves: nil, prefersFirstColumn: false)
    let grown = workers.map(count: trees) { index in
      var generator = SeededGenerator(seed: seed, stream: UInt64(index), purpose: .tree)
      let draws = Self.bootstrap(rowCount, using: &generator)
      var grower = TreeGrower(
        ranked, learner, weights: draws.map(Double.init), settings: settings)
      return (tree: grower.grow(using: &generator), isDrawn: draws.map { $0 > 0 })
    }
    let ensemble = TreeEnsemble(
      grown.map(\.tree), columnCount: width, outputs: max(1, learner.classCount))
    let isDrawn = grown.map(\.isDrawn)
    return Model(
      ensemble: ensemble, outOfBag: ensemble.predict(data.rows, leavingOut: isDrawn, workers: workers),
      isDrawn: isDrawn)
  }

  /// How often each of `count` rows is among `count` draws with replacement.
  private static func bootstrap(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Int32] {
    var draws = [Int32](repeating: 0, count: count)
    for _ in 0..<count { draws[Int.random(in: 0..<count, using: &generator)] += 1 }
    return draws
  }
}

extension TreeEnsemble {
  /// As `predict`, where each row's mean is over the trees whose entry in `isDrawn` does not have the row.
  fileprivate func predict(_ rows: Matrix, leavingOut isDrawn: [[Bool]], workers: Workers) -> Matrix {
    let blocks = blocks(rowCount: rows.rows, workers: workers)
    let parts = workers.map(count: blocks.count) { index in
      let block = blocks[index]
      var sums = [Double](repeating: 0, count: block.count * outputs)
      var counts = [Double](repeating: 0, count: block.count)
      var treeIndex = 0
      forEachLeaf(of: rows, at: columns, block) { tree, leaves in
        let isDrawn = isDrawn[treeIndex]
        treeIndex += 1
        for (place, leaf) in leaves.enumerated() where !isDrawn[block.lowerBound + place] {
          counts[place] += 1
          for output in 0..<outputs { sums[place * outputs + output] += tree.leafValues[Int(leaf) * outputs + output] }
        }
      }
      for place in sums.indices { sums[place] /= counts[place / outputs] }
      return sums
    }
    return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
  }
}
