import Tensors

/// C4.5 on a model's answers: the rules that see the model from outside only, the baseline of all others.
///
/// The leaves of a pruned tree grown on the training rows under the model's classes, generalised and chosen as in C4.5rules.
public struct Pedagogical: Sendable {
  /// The fewest rows on a side of a cut.
  public var minimumRows: Int

  /// C4.5 with the given least number of rows on a side of a cut.
  public init(minimumRows: Int = 2) { self.minimumRows = minimumRows }

  /// Extracts rules.
  public func extract(_ task: ExtractionTask) -> Extraction {
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 4096, workers: task.workers)
    let rows = CodedRows(task.rows, table, workers: task.workers)
    let tree = CodedTree(
      rows, chosen: Array(task.labels.indices), labels: task.labels, classCount: task.classNames.count,
      settings: CodedTree.Settings(minimumRows: minimumRows))
    var cover = RuleCover(rows, labels: task.labels, classCount: task.classNames.count)
    cover.maximumRules = task.budget.maximumRules
    let candidates = tree.leaves.map {
      RuleCover.Candidate(box: $0.box, conclusion: tree.majority($0.node))
    }
    return Extraction(rules: task.ruleSet(cover.list(candidates, workers: task.workers), table))
  }
}
