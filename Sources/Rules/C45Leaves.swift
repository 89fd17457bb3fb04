import Learning
import Tensors
public import Trees

/// The leaves of a pruned C4.5 tree as rules, one for each leaf that does not decide as the default does.
///
/// A row with a missing cell on its way satisfies no leaf's conditions, where the tree weighs several leaves.
public struct C45Leaves: RuleExtractor {
  /// How the tree is grown.
  public var tree: C45

  /// The leaves of a tree that is grown so.
  public init(_ tree: C45 = C45()) { self.tree = tree }

  /// `c45`.
  public var name: String { "c45" }
  /// What the method does.
  public var summary: String { "learns from the data" }
  /// The data alone.
  public var requirement: ExtractionRequirement { .dataAlone }

  /// Extracts rules of the classes of the task's rows.
  public func extract(_ task: ExtractionTask) -> Extraction {
    let counts = task.classNames.indices.map { label in task.labels.count { $0 == label } }
    let commonest = counts.argmax()
    let fitted = tree.fit(task.dataset, workers: task.workers.silent, budget: task.budget)
    let rules = PathTest.paths(of: fitted.tree).filter { $0.conclusion != commonest }.map {
      Rule(PathTest.conditions($0.tests), then: $0.conclusion)
    }
    var set = RuleSet(
      features: task.features, classNames: task.classNames, rules: rules, defaultClass: commonest
    ).counted(task.rows, labels: task.labels, workers: task.workers).settled(task.rows)
    // At most one leaf fires for a row, so their order is free.
    if set.rules.count > task.limits.maximumRules { set.rules.sort { $0.correct > $1.correct } }
    return Extraction(rules: set, cuts: fitted.isCut ? [.unfinishedTree] : [])
      .bounded(by: task.limits, task.rows, labels: task.labels, workers: task.workers)
  }
}
