import DataFrames
import Learning
import Rules

/// The text form of extracted rules: the rules as `check` reads them, with their figures as comments above.
struct RulesText {
  let run: RulesRun

  /// The whole text.
  var text: String {
    let rules = RuleText.print(WrittenRules(run.extraction.rules))
    let lines = rules.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let notes = comments.map { "# " + Terminal.oneLine($0) + "\n" }.joined()
    return lines[0] + "\n" + notes + (lines.count > 1 ? lines[1] : "")
  }

  /// What a reader must know, most important first.
  var comments: [String] {
    var lines = [headline]
    if run.explained != nil { lines.append("Follows the model: " + Self.fidelity(run.heldOut, run.train, run.table)) }
    let figures = run.heldOut.rows > 0 ? run.heldOut : run.train
    let rows = run.heldOut.rows > 0 ? "held-out" : "training"
    let model =
      run.explained?.trained.heldOut.first { $0.name == "accuracy" }.map {
        "; the model itself \(NumberText.percent($0.value))"
      } ?? ""
    lines.append(
      "Against the data: \(NumberText.percent(figures.accuracy)) of \(figures.rows) \(rows) rows right" + model)
    if let graph = run.graph, let exact = run.extraction.graph {
      lines.append(
        "Exact form: a graph of \(exact.nodeCount) nodes follows the model in \(NumberText.percent(graph.fidelity)) of the \(rows) "
          + "rows; the rules decide as it does in \(NumberText.percent(graph.agreement))")
    }
    if run.method != .pedagogical, let baseline = run.baseline {
      lines.append(
        "Baseline, C4.5rules on the model's answers: \(DataFrame.counted(baseline.rules.rules.count, "rule", "rules")); follows "
          + "the model: " + Self.fidelity(baseline.heldOut, baseline.train, nil))
    }
    lines.append("Rows: " + Self.coverage(figures))
    return lines + run.warnings.map { "Beware: " + $0 }
      + (run.explained?.trained.warning.map { ["Beware: " + $0] } ?? [])
  }

  /// The rule set in a sentence.
  var headline: String {
    let set = run.extraction.rules
    let length = set.rules.isEmpty ? "" : ", \(NumberText.significant(set.meanLength, 2)) comparisons each"
    let source =
      run.explained.map { "as a \($0.trained.name) sees it" } ?? "learned from \(run.split.training.count) rows"
    return "\(DataFrame.counted(set.rules.count, "rule", "rules"))\(length), for \(run.table.targetName) \(source) "
      + "(\(run.method.rawValue))"
  }

  /// How often the rules decide as the model.
  static func fidelity(_ heldOut: RuleFigures, _ train: RuleFigures, _ table: LearningTable?) -> String {
    let figures = heldOut.rows > 0 ? heldOut : train
    let names = table?.target.classNames ?? []
    let recalls = zip(names, figures.recalls).filter { !$0.1.isNaN }.prefix(10).map {
      "\($0.0) \(NumberText.percent($0.1))"
    }
    return
      "\(NumberText.percent(figures.fidelity)) of \(figures.rows) \(heldOut.rows > 0 ? "held-out" : "training") rows "
      + "(balanced \(NumberText.percent(figures.balancedFidelity))"
      + (recalls.isEmpty ? "" : "; \(recalls.joined(separator: ", "))") + ")"
      + (heldOut.rows > 0 ? ", \(NumberText.percent(train.fidelity)) of the training rows" : "")
  }

  /// How many rows the rules say something about.
  static func coverage(_ figures: RuleFigures) -> String {
    "a rule fires for \(NumberText.percent(figures.coverage)), \(NumberText.significant(figures.overlap, 2)) on average; rules of "
      + "different classes for \(NumberText.percent(figures.conflicts))"
  }
}
