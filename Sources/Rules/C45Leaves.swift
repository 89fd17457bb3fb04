public import Learning
public import Tensors
public import Trees

/// The leaves of a pruned C4.5 tree as rules, one for each leaf that does not decide as the default does.
///
/// A row with a missing cell on its way satisfies no leaf's conditions, where the tree weighs several leaves.
public struct C45Leaves: Sendable {
  /// How the tree is grown.
  public var tree: C45

  /// The leaves of a tree that is grown so.
  public init(_ tree: C45 = C45()) { self.tree = tree }

  /// Learns rules from all rows of `data`, whose target is classes.
  public func fit(_ data: Dataset, workers: Workers) -> RuleSet {
    fitWithin(data, workers: workers, budget: .unlimited).rules
  }

  /// As `fit(_:workers:)`, as far as a budget allows, and whether that ended the tree's growth.
  public func fitWithin(_ data: Dataset, workers: Workers, budget: Budget) -> (rules: RuleSet, isCut: Bool) {
    guard case .classes(let codes, let names) = data.target else {
      preconditionFailure("C45Leaves: the target is a number")
    }
    let counts = names.indices.map { label in codes.count { $0 == label } }
    let commonest = counts.argmax()
    let fitted = tree.fit(data, workers: workers, budget: budget)
    let paths = PathTest.paths(of: fitted.tree)
    let rules = paths.filter { $0.conclusion != commonest }.map {
      Rule(PathTest.conditions($0.tests), then: $0.conclusion)
    }
    let set = RuleSet(features: data.features, classNames: names, rules: rules, defaultClass: commonest)
    return (set.counted(data.rows, labels: codes, workers: workers), fitted.isCut)
  }
}
