import DataFrames
import Rules
public import Runs

extension RulesRun {
  /// What a reader must know, most important first.
  public var warnings: [String] {
    var warnings = extraction.cuts.map { cut in
      switch cut {
      case .candidates(let kept, let count):
        "the budget was spent: of \(count) candidates for rules \(kept) were looked at"
      case .intermediateRules(let kept, let count):
        "the budget was spent: \(kept) of \(count) intermediate rules were put in terms of the columns"
      case .coarserGraph(let share):
        "to stay in its budget the graph was composed of trees with at least \(NumberText.percent(share)) of the rows "
          + "on each side"
      case .planes(let found):
        "the budget was spent: \(Plural.text(found, "plane was", "planes were")) found"
      case .rows(let kept, let count):
        "to stay in its budget \(kept) of the \(count) training rows were learned from"
      case .unfinishedChoice: "the budget was spent before all candidates for rules were weighed against each other"
      case .unfinishedTree: "the budget was spent: a tree was left unfinished"
      case .rules(let kept, let count, let share):
        "of \(count) rules \(kept) are printed (--max-rules); all of them follow "
          + "\(explained == nil ? "the data" : "the model") in \(NumberText.percent(share)) of the rows that they were "
          + "chosen on"
      }
    }
    if isInterrupted { warnings.insert("interrupted: these are the best rules found by then", at: 0) }
    if !extraction.cuts.isEmpty {
      let share = explained == nil ? train.accuracy : train.fidelity
      warnings.append(
        "what was left out costs at most \(NumberText.percent(1 - share)) of the training rows: on the others the "
          + "rules decide as "
          + (explained == nil ? "the data say" : "the model does"))
    }
    if extraction.rules.rules.isEmpty { warnings.append("no rule does better than the default alone") }
    return warnings
  }
}
