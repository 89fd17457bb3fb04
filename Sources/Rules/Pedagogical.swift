import Learning
import Tensors

/// C4.5rules on a model's answers: the rules that see the model from outside only, the baseline of all others.
public struct Pedagogical: Sendable {
  /// How the rules are learned.
  public var learner: C45Rules

  /// The given way to learn.
  public init(_ learner: C45Rules = C45Rules()) { self.learner = learner }

  /// Extracts rules.
  public func extract(_ task: ExtractionTask) -> Extraction {
    let data = Dataset(
      features: task.features, rows: task.rows, target: .classes(task.labels, names: task.classNames))
    var rules = learner.fit(data, workers: task.workers.silent).settled(task.rows)
    if rules.rules.count > task.budget.maximumRules {
      rules.rules.removeLast(rules.rules.count - task.budget.maximumRules)
    }
    return Extraction(rules: rules.counted(task.rows, labels: task.labels, workers: task.workers))
  }
}
