public import Learning
public import Tensors

/// Quinlan's C4.5, release 8: a classification tree with branches for every category, tests chosen by gain ratio, cases
/// with missing cells in several branches at once, and pruning by expected errors.
///
/// By default every choice is that of Weka's J48 `-C 0.25 -M 2`, with two exceptions: numbers that differ by 1e-5 or
/// less are told apart, and a threshold is the greatest number at most the middle but for rounding, not up to 1e-6
/// above it: so a column's unit does not matter.
///
/// Quinlan, *C4.5: Programs for Machine Learning*, Morgan Kaufmann, 1993.
public struct C45: Estimator, Equatable {
  /// The least weight of two branches of a test.
  public var minimumCases = 2.0
  /// Whether the tree is pruned.
  public var isPruned = true
  /// How many errors pruning expects.
  public var errors = PessimisticErrors()
  /// Whether pruning may put a node's heaviest branch in its place.
  public var raisesSubtrees = true
  /// Whether subtrees that make no fewer errors in training become leaves, with pruning or without.
  public var collapses = true
  /// Whether the gain of a threshold is lowered by the cost of saying which.
  public var chargesThresholds = true
  /// Whether categories are put into groups, one branch a group.
  public var groupsCategories = false
  /// The greatest depth of a leaf.
  public var maximumDepth = 1000
  /// The share of a class from which on a node is not split.
  public var purity = 1.0

  /// J48's choices.
  public init() {}

  /// A fitted tree.
  public struct Model: Predictor {
    /// The tree.
    public let tree: C45Tree
    /// Whether a budget ended its growth.
    public let isCut: Bool

    /// One column a class.
    public var outputs: Int { tree.classCount }

    /// The shares of the classes.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix { tree.predict(rows, workers: workers) }
  }

  /// Grows and prunes a tree on all rows of `data`, whose target is classes; no random numbers are drawn.
  /// - Complexity: O(features · n · (log n + depth)), and pruning O(n · depth²).
  public func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) -> Model {
    fit(data, workers: workers)
  }

  /// As `fit(_:workers:using:)`; once the budget is spent no node is split.
  public func fit(_ data: Dataset, workers: Workers, budget: Budget = .unlimited) -> Model {
    guard case .classes(let codes, let names) = data.target else { preconditionFailure("C45: the target is a number") }
    let columns = C45Columns(data.rows, levelCounts: data.levelCounts, workers: workers)
    return fit(columns, classes: codes, classCount: names.count, workers: workers, budget: budget)
  }

  /// Grows and prunes a tree on rows that are in order already.
  /// - Parameters:
  ///   - columns: the rows.
  ///   - classes: the class of each row, `[columns.rowCount]`.
  ///   - classCount: the number of classes.
  ///   - weights: the weight of each row, not negative; a row of weight 0 has no say. nil: 1 each.
  ///   - workers: the threads that may share the work.
  ///   - budget: once it is spent no node is split.
  /// - Returns: the tree.
  public func fit(
    _ columns: C45Columns, classes: [Int], classCount: Int, weights: [Double]? = nil, workers: Workers,
    budget: Budget = .unlimited
  ) -> Model {
    precondition(
      classes.count == columns.rowCount && (weights?.count ?? classes.count) == classes.count,
      "C45: \(columns.rowCount) rows, \(classes.count) classes, \(weights?.count ?? classes.count) weights")
    let labels = classes.map { Int32($0) }
    var grower = C45Grower(
      columns, self, classes: labels, classCount: classCount, weights: weights, workers: workers)
    let cases = grower.cases
    let grown = grower.grow(within: budget)
    var pruning = C45Pruning(grown, columns, self, classes: labels)
    if collapses { pruning.collapse() }
    if isPruned { pruning.prune(cases) }
    return Model(tree: pruning.tree.compacted(), isCut: grower.isCut)
  }
}
