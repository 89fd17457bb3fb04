extension RuleSet {
  /// The same decisions in fewer words, on every row that there can be.
  ///
  /// Conditions on one column become one, those that allow everything go, and rules that no row can satisfy go. Where
  /// the first match decides, a rule also goes where an earlier one fires for all its rows, where it concludes as the
  /// default and no later rule concludes otherwise, and two rules of one class become one where a single box holds
  /// exactly their rows and no rule between them decides otherwise on the later one's rows. A vote counts every rule,
  /// so there they stay.
  /// - Complexity: O(rules² · sides)
  public func simplified() -> RuleSet {
    let table = CutTable(of: rules, features: features)
    var kept = rules.map { (box: table.box($0.conditions), rule: $0) }.filter { $0.box.isSatisfiable }
    if semantics == .firstMatch {
      var changed = true
      while changed {
        changed = false
        kept = Self.withoutHidden(kept, defaultClass)
        search: for one in kept.indices {
          for two in kept.indices.dropFirst(one + 1) where kept[one].rule.conclusion == kept[two].rule.conclusion {
            guard let joined = table.merged(kept[one].box, kept[two].box) else { continue }
            let isFree = kept[one + 1..<two].allSatisfy {
              $0.rule.conclusion == kept[one].rule.conclusion || $0.box.intersection(kept[two].box) == nil
            }
            guard isFree else { continue }
            kept[one].box = joined
            kept[one].rule.support += kept[two].rule.support
            kept[one].rule.correct += kept[two].rule.correct
            kept.remove(at: two)
            changed = true
            break search
          }
        }
      }
    }
    var result = self
    result.rules = kept.map { box, rule in
      Rule(table.conditions(box), then: rule.conclusion, support: rule.support, correct: rule.correct)
    }
    return result
  }

  /// The rules without those that can never decide, or decide as the default does.
  private static func withoutHidden(
    _ rules: [(box: Box, rule: Rule)], _ defaultClass: Int
  ) -> [(box: Box, rule: Rule)] {
    var kept: [(box: Box, rule: Rule)] = []
    for entry in rules where !kept.contains(where: { entry.box.implies($0.box) }) { kept.append(entry) }
    while let last = kept.last, last.rule.conclusion == defaultClass { kept.removeLast() }
    return kept
  }
}
