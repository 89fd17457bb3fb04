public import DataFrames
public import Learning
public import Surrogates
import Tensors
public import Trees

/// A decision tree of a table's target, or of a model's answers, with what a reader must know of its making.
public struct TreeRun: Sendable {
  /// What is asked of the command.
  public struct Request: Sendable {
    /// How the tree is grown.
    public let tree: DecisionTree
    /// Whether it is cut back to the size that cross-validation prefers.
    public let isPruned: Bool
    /// The weight of each class's rows; nil: 1 each.
    public let classWeights: ClassWeights?
    /// Whether categories become one column for each of their words.
    public let isOneHot: Bool
    /// How often each column is permuted for its importance.
    public let repeats: Int
    /// How it was computed.
    public let run: RunSettings

    /// What is asked; by default the tree as it grew, every row with weight 1.
    public init(
      tree: DecisionTree, isPruned: Bool = false, classWeights: ClassWeights? = nil, isOneHot: Bool = false,
      repeats: Int = 10, run: RunSettings
    ) {
      self.tree = tree
      self.isPruned = isPruned
      self.classWeights = classWeights
      self.isOneHot = isOneHot
      self.repeats = repeats
      self.run = run
    }
  }

  /// How classes weigh.
  public enum ClassWeights: Sendable, Equatable {
    /// n / (classes · rows of the class), as scikit-learn's `balanced`.
    case balanced
    /// The weight of each named class; 1 for the others.
    case given([String: Double])
  }

  /// Where the figures that the tree is judged by come from.
  public enum Judged: Sendable, Equatable {
    /// Rows that neither the model nor the tree has seen.
    case heldOut(rows: Int)
    /// All rows, each by a tree that was grown without it.
    case crossValidated(folds: Int)
    /// A fifth of the rows, by a tree that was grown on the others.
    case split(rows: Int)
    /// There are too few rows.
    case nothing
  }

  /// The data.
  public let table: LearningTable
  /// The model whose answers are described; nil where the data themselves are.
  public let explained: ExplainedModel?
  /// What was asked.
  public let request: Request
  /// The columns that the tree sees.
  public let features: [Feature]
  /// The tree, alone in an ensemble.
  public let ensemble: TreeEnsemble
  /// The rows that it was grown on, at every node.
  public let statistics: TreeStatistics
  /// What it predicts.
  public let target: Target
  /// The strengths of pruning that were tried; nil without pruning.
  public let pruning: PruningSearch?
  /// The shares of the decrease of impurity, one a column.
  public let impurityShares: [Double]
  /// Where `onOthers` comes from.
  public let judged: Judged
  /// How well the tree does on the rows that it was grown on.
  public let onTraining: [Metric]
  /// How well it, or trees grown alike, do on other rows.
  public let onOthers: [Metric]
  /// The same for the data's own target where a model is explained; empty otherwise.
  public let actualOnOthers: [Metric]
  /// The permutation importance of each column on those rows; empty where there are none.
  public let importances: [Importance]
  /// The baseline of the permutation importances.
  public let baseline: Double

  /// Cells beyond which trees are grown once more, not once a fold.
  private static let foldLimit = 4_000_000
  private static let folds = 5

  /// Grows and judges the tree.
  /// - Throws: what keeps a model from answering, and `UsageError` for weights of classes that there are none of.
  public static func run(_ table: LearningTable, _ explained: ExplainedModel?, _ request: Request) throws -> TreeRun {
    let target = explained?.labels(table.target) ?? table.target
    let fitted = explained?.fitted ?? target.knownRows
    let (features, rows) =
      request.isOneHot ? OneHot.expand(table.encoding.features, table.rows) : (table.encoding.features, table.rows)
    let data = Dataset(features: features, rows: rows, target: target)
    let training = data.selectingRows(fitted)
    let weights = try request.classWeights.map { try Self.weights($0, training.target) }
    let workers = request.run.workers(showing: "growing trees")
    var generator = SeededGenerator(seed: request.run.seed, purpose: .tree)
    let pruning: PruningSearch? =
      request.isPruned
      ? PruningSearch(request.tree, training, weights: weights, folds: 10, workers: workers, using: &generator) : nil
    let ensemble =
      pruning?.ensemble
      ?? request.tree.fit(training, weights: weights, workers: workers.silent, using: &generator).ensemble
    let statistics = TreeStatistics(ensemble, training, weights: weights, criterion: request.tree.criterion)
    let judged: Judged
    let onOthers: [Metric]
    let importances: [Importance]
    let baseline: Double
    var actualOnOthers: [Metric] = []
    if let explained {
      let rest = data.selectingRows(explained.heldOut)
      let part = Self.judge(ensemble, rest, request)
      judged = rest.count > 0 ? .heldOut(rows: rest.count) : .nothing
      onOthers = part.map { Metrics.of($0.predictions, target: rest.target) } ?? []
      importances = part?.importances ?? []
      baseline = part?.baseline ?? .nan
      let known = explained.heldOut.filter { Set(table.target.knownRows).contains($0) }
      actualOnOthers = Metrics.of(
        ensemble.predict(rows.selectingRows(known), workers: workers.silent), target: table.target.selectingRows(known))
    } else {
      let alpha = pruning.map { $0.candidates[$0.choice].alpha }
      (judged, onOthers, baseline, importances) = Self.crossValidate(training, weights, alpha, request, workers)
    }
    return TreeRun(
      table: table, explained: explained, request: request, features: features, ensemble: ensemble,
      statistics: statistics, target: target, pruning: pruning,
      impurityShares: statistics.importances(ensemble, columnCount: features.count), judged: judged,
      onTraining: Metrics.of(ensemble.predict(training.rows, workers: workers.silent), target: training.target),
      onOthers: onOthers, actualOnOthers: actualOnOthers, importances: importances, baseline: baseline)
  }

  private struct Part: Sendable {
    let predictions: Matrix
    let baseline: Double
    let importances: [Importance]
  }

  private static func judge(_ ensemble: TreeEnsemble, _ rest: Dataset, _ request: Request) -> Part? {
    guard rest.count > 0 else { return nil }
    let leaves = LeafTable(ensemble, rest.rows, workers: .one)
    let measure = PermutationImportance(
      repeats: request.repeats, score: Score.scores(of: rest.target)[0], seed: request.run.seed)
    // A mean of trees always answers.
    let measured = try? measure.measure(
      ensemble, leaves, rest, groups: rest.features.indices.map { [$0] }, workers: .one)
    return Part(
      predictions: leaves.predictions, baseline: measured?.baseline ?? .nan, importances: measured?.importances ?? [])
  }

  /// Grows trees alike without some rows and judges them on those.
  private static func crossValidate(
    _ data: Dataset, _ weights: [Double]?, _ alpha: Double?, _ request: Request, _ workers: Workers
  ) -> (Judged, [Metric], Double, [Importance]) {
    guard data.count >= 2 * folds else { return (.nothing, [], .nan, []) }
    var generator = SeededGenerator(seed: request.run.seed, purpose: .split)
    let dealt = Folds(data.target, count: folds, using: &generator)
    let used = data.count * data.features.count > foldLimit ? 1 : folds
    let parts = workers.map(count: used) { fold in
      var generator = SeededGenerator(seed: request.run.seed, stream: UInt64(fold), purpose: .tree)
      let rows = dealt.training(without: fold)
      let training = data.selectingRows(rows)
      let own = weights.map { weights in rows.map { weights[$0] } }
      var grown = request.tree.fit(training, weights: own, workers: .one, using: &generator).ensemble
      if let alpha {
        let statistics = TreeStatistics(grown, training, weights: own, criterion: request.tree.criterion)
        grown = CostComplexityPruning(grown, statistics).tree(alpha: alpha)
      }
      return judge(grown, data.selectingRows(dealt.rows[fold]), request)
    }.compactMap { $0 }
    let order = dealt.rows.prefix(used).flatMap { $0 }
    let predictions = Matrix(
      rows: order.count, columns: parts.first?.predictions.columns ?? 1,
      elements: parts.flatMap { $0.predictions.elements })
    let score = Score.scores(of: data.target)[0]
    let baseline = parts.reduce(0) { $0 + $1.baseline } / Double(max(1, parts.count))
    let importances = data.features.indices.map { column in
      // Over folds and repeats alike.
      let differences = parts.flatMap { part in
        part.importances[column].differences.map { score.isBetterLarger ? baseline - $0 : baseline + $0 }
      }
      return Importance(score, baseline: baseline, spoilt: differences)
    }
    return (
      used > 1 ? .crossValidated(folds: used) : .split(rows: order.count),
      Metrics.of(predictions, target: data.target.selectingRows(order)), baseline, importances
    )
  }

  private static func weights(_ given: ClassWeights, _ target: Target) throws -> [Double] {
    guard case .classes(let codes, let names) = target else { throw UsageError.noClasses(option: "--class-weight") }
    var byClass = [Double](repeating: 1, count: names.count)
    switch given {
    case .balanced:
      var counts = [Double](repeating: 0, count: names.count)
      for code in codes { counts[code] += 1 }
      let present = Double(counts.count { $0 > 0 })
      for index in names.indices where counts[index] > 0 {
        byClass[index] = Double(codes.count) / (present * counts[index])
      }
    case .given(let weights):
      for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
        guard let index = names.firstIndex(of: name) else { throw UsageError.unknownClass(name: name, names: names) }
        byClass[index] = weight
      }
    }
    return codes.map { byClass[$0] }
  }

  /// The tree.
  public var tree: Tree { ensemble.trees[0] }

  /// The user's column of a test.
  public func column(_ node: Tree.Node) -> Int { ensemble.columns[Int(node.slot)] }

  /// The shortest number that is the threshold to a Float.
  public static func threshold(_ node: Tree.Node) -> Double { Double("\(node.threshold)") ?? Double(node.threshold) }

  /// The words of one side of a test on a category.
  public func branch(_ node: Tree.Node, isLeft: Bool) -> [String] {
    guard case .category(let levels) = features[column(node)].kind else { return [] }
    return levels.indices.filter { tree.setContains(node, $0) == isLeft }.map { levels[$0] }
  }

  /// The names of the tested columns that have missing cells.
  public var incompleteColumns: [String] {
    let tested = Set(tree.nodes.filter { !$0.isLeaf }.map { column($0) })
    return tested.sorted().map { features[$0].name }.filter { name in
      let original = table.encoding.features.firstIndex { name == $0.name || name.hasPrefix("\($0.name)=") }
      return original.map { place in (0..<table.rows.rows).contains { table.rows[$0, place].isNaN } } ?? false
    }
  }

  /// How well the tree does.
  public var quality: TreeQuality {
    TreeQuality(
      judged: judged, onTraining: onTraining, onOthers: onOthers, actualOnOthers: actualOnOthers,
      isOfModel: explained != nil, targetName: table.targetName)
  }

  /// How many of the rows that it was grown on have missing cells.
  public var incompleteRows: Int {
    let fitted = explained?.fitted ?? target.knownRows
    return statistics.nodes[0].count - fitted.count { row in !table.rows.row(row).contains { $0.isNaN } }
  }
}
