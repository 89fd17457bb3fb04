import Learning
import Tensors

/// C4.5rules on a model's answers: the rules that see the model from outside only, the baseline of all others.
public struct Pedagogical: RuleExtractor {
  /// How the rules are learned.
  public var learner: C45Rules

  /// The given way to learn.
  public init(_ learner: C45Rules = C45Rules()) { self.learner = learner }

  /// `pedagogical`.
  public var name: String { "pedagogical" }
  /// What the method does.
  public var summary: String {
    "asks any model for its answers alone (C4.5 on them) and is measured beside every other method"
  }
  /// Any model.
  public var requirement: ExtractionRequirement { .anyModel }

  /// Extracts rules.
  public func extract(_ given: ExtractionTask) -> Extraction {
    let (task, rowCuts) = given.withinBudget(cellBytes: 50)
    let fitted = learner.fitWithin(task.dataset, workers: task.workers.silent, budget: task.budget)
    let rules = fitted.rules.settled(task.rows).counted(task.rows, labels: task.labels, workers: task.workers)
    return Extraction(rules: rules, cuts: rowCuts + (fitted.isCut ? [.unfinishedTree] : []))
      .bounded(by: task.limits, task.rows, labels: task.labels, workers: task.workers)
  }
}
