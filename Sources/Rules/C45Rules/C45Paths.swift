public import Learning
public import Tensors
public import Trees

/// The paths of a C4.5 tree as rules, one for each leaf that rows came to.
///
/// At most one fires for a row, and on rows without missing cells the rules decide as the tree does. Where none fires, for a missing
/// cell, which passes no test, or a category that no training row had there, the class is the commonest one.
public struct C45Paths: Estimator, Equatable {
  /// How the tree is grown and pruned.
  public var tree = C45()

  /// The tree of J48's choices.
  public init() {}

  /// Learns rules from all rows of `data`, whose target is classes; no random numbers are drawn.
  public func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) -> RuleSet {
    rules(of: tree.fit(data, workers: workers).tree, data)
  }

  /// The rules of a tree, with their counts on the rows of `data`, whose target is classes.
  /// - Complexity: O(leaves · n · depth)
  public func rules(of tree: C45Tree, _ data: Dataset) -> RuleSet {
    guard case .classes(let codes, let names) = data.target else {
      preconditionFailure("C45Paths: the target is a number")
    }
    let rules = PathTest.paths(of: tree).filter { !$0.tests.isEmpty }.map { path in
      var rule = Rule(PathTest.conditions(path.tests), then: path.conclusion)
      for row in 0..<data.count where rule.fires(data.rows, row: row) {
        rule.support += 1
        if codes[row] == path.conclusion { rule.correct += 1 }
      }
      return rule
    }
    return RuleSet(features: data.features, classNames: names, rules: rules, defaultClass: tree.majority(0))
  }
}
