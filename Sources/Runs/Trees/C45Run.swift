import DataFrames
import Learning
import RealModule
import Tensors
public import Trees

/// A C4.5 tree of a table's target, or of a model's answers, with what a reader must know of its making.
public struct C45Run: Sendable {
  /// The data.
  public let table: LearningTable
  /// The model whose answers are described; nil where the data themselves are.
  public let explained: ExplainedModel?
  /// The settings that it was grown with.
  public let learner: C45
  /// How it was computed.
  public let options: RunSettings
  /// The tree.
  public let tree: C45Tree
  /// The rows that it was grown on.
  public let rowCount: Int
  /// How many of those have missing cells.
  public let incompleteRows: Int
  /// The names of the classes that it tells apart.
  public let classNames: [String]
  /// The entropy of each node's classes, in bits.
  public let entropies: [Double]
  /// The share of the entropy's decrease that is owed to the tests of each column.
  public let shares: [Double]
  /// How well the tree does.
  public let quality: TreeQuality

  private static let folds = 5

  /// Grows and judges the tree.
  /// - Throws: `UsageError` for a target that is a number.
  public static func run(
    _ table: LearningTable, _ explained: ExplainedModel?, _ learner: C45, _ options: RunSettings
  ) throws -> C45Run {
    let target = explained?.labels(table.target) ?? table.target
    guard case .classes(_, let names) = target else { throw UsageError.noClasses(option: "--method c45") }
    let workers = options.workers(showing: "growing trees")
    let data = Dataset(features: table.encoding.features, rows: table.rows, target: target)
    let fitted = explained?.fitted ?? target.knownRows
    let training = data.selectingRows(fitted)
    let tree = learner.fit(training, workers: workers.silent).tree
    let entropies = tree.nodes.indices.map { Self.entropy(tree.classWeights($0)) }
    func figures(_ rows: [Int], _ target: Target) -> [Metric] {
      Metrics.of(
        tree.predict(table.rows.selectingRows(rows), workers: workers.silent), target: target.selectingRows(rows))
    }
    let judged: TreeRun.Judged
    let onOthers: [Metric]
    var actual: [Metric] = []
    if let explained {
      judged = explained.heldOut.isEmpty ? .nothing : .heldOut(rows: explained.heldOut.count)
      onOthers = figures(explained.heldOut, target)
      let known = Set(table.target.knownRows)
      actual = figures(explained.heldOut.filter { known.contains($0) }, table.target)
    } else {
      (judged, onOthers) = Self.crossValidate(training, learner, options, workers)
    }
    return C45Run(
      table: table, explained: explained, learner: learner, options: options, tree: tree, rowCount: training.count,
      incompleteRows: (0..<training.count).count { training.rows.row($0).contains { $0.isNaN } }, classNames: names,
      entropies: entropies, shares: Self.shares(tree, entropies, columnCount: data.features.count),
      quality: TreeQuality(
        judged: judged, onTraining: figures(fitted, target), onOthers: onOthers, actualOnOthers: actual,
        isOfModel: explained != nil, targetName: table.targetName))
  }

  /// Grows trees alike without a fifth of the rows each and judges them on those.
  private static func crossValidate(
    _ data: Dataset, _ learner: C45, _ options: RunSettings, _ workers: Workers
  ) -> (TreeRun.Judged, [Metric]) {
    guard data.count >= 2 * folds else { return (.nothing, []) }
    var generator = SeededGenerator(seed: options.seed, purpose: .split)
    let dealt = Folds(data.target, count: folds, using: &generator)
    let parts = workers.map(count: folds) { fold in
      learner.fit(data.selectingRows(dealt.training(without: fold)), workers: .one).predict(
        data.rows.selectingRows(dealt.rows[fold]), workers: .one)
    }
    let predictions = Matrix(
      rows: data.count, columns: parts[0].columns, elements: parts.flatMap { $0.elements })
    return (
      .crossValidated(folds: folds),
      Metrics.of(predictions, target: data.target.selectingRows(dealt.rows.flatMap { $0 }))
    )
  }

  private static func entropy(_ weights: ArraySlice<Double>) -> Double {
    let total = weights.reduce(0, +)
    return weights.reduce(0) { $1 > 0 ? $0 - $1 / total * Double.log2($1 / total) : $0 }
  }

  private static func shares(_ tree: C45Tree, _ entropies: [Double], columnCount: Int) -> [Double] {
    var decreases = [Double](repeating: 0, count: columnCount)
    for (index, node) in tree.nodes.enumerated() where !node.isLeaf {
      let after = node.children.reduce(0) { $0 + tree.weight($1) * entropies[$1] }
      decreases[Int(node.column)] += max(0, tree.weight(index) * entropies[index] - after)
    }
    let total = decreases.reduce(0, +)
    return decreases.map { total > 0 ? $0 / total : 0 }
  }

  /// The node whose classes an answer at a node is taken from: for a branch that no row took, the node above it.
  public func answering(_ index: Int) -> Int {
    if tree.weight(index) > 0 { return index }
    return tree.nodes.firstIndex { $0.children.contains(index) } ?? index
  }
}
