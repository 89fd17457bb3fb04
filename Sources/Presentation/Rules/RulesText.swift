import DataFrames
import Rules
public import Runs

/// The text form of extracted rules: the rules as `check` reads them, with their figures as comments above.
public struct RulesText {
  let result: RulesJSON

  /// The text of a result.
  public init(result: RulesJSON) {
    self.result = result
  }

  /// The whole text.
  public var text: String {
    let rules = result.written.map { RuleText.print($0) } ?? ""
    let lines = rules.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let notes = comments.map { "# " + OneLine.text($0) + "\n" }.joined()
    return lines[0] + "\n" + notes + (lines.count > 1 ? lines[1] : "")
  }

  /// What a reader must know, most important first.
  var comments: [String] {
    [headline] + figures + result.warnings.map { "Beware: " + $0 }
      + (result.model?.warning.map { ["Beware: " + $0] } ?? [])
  }

  /// How good the rules are, most important first.
  var figures: [String] {
    let metrics = result.metrics
    var lines: [String] = []
    if result.model != nil { lines.append("Follows the model: " + Self.fidelity(metrics, classes: result.classes)) }
    let model =
      result.model?.heldOut["accuracy"].map { "; the model itself \(NumberText.percent($0.value))" } ?? ""
    lines.append(
      "Against the data: \(NumberText.percent(metrics.value(metrics.accuracy))) of \(metrics.rows) \(metrics.kind) "
        + "rows right"
        + model)
    if let graph = result.graph {
      lines.append(
        "Exact form: a graph of \(graph.nodes) nodes follows the model in \(NumberText.percent(graph.fidelity.value)) "
          + "of the \(metrics.kind) rows; the rules decide as it does in \(NumberText.percent(graph.agreement.value))")
    }
    if result.method != RuleExtractors.baseline.name, let baseline = result.baseline {
      lines.append(
        "Baseline, C4.5rules on the model's answers: \(Plural.text(baseline.rules, "rule", "rules")); follows "
          + "the model: " + Self.fidelity(baseline, classes: []))
    }
    lines.append(
      "Rows: "
        + Self.coverage(
          metrics.coverage.value, overlap: metrics.overlap.value, conflicts: metrics.conflicts.value))
    return lines
  }

  /// The rule set in a sentence.
  var headline: String {
    let length =
      result.rules.isEmpty ? "" : ", \(NumberText.significant(result.metrics.meanLength.value, 2)) comparisons each"
    let source =
      result.model.map { "as a \($0.name) sees it" } ?? "learned from \(result.metrics.trainRows) rows"
    return
      "\(Plural.text(result.rules.count, "rule", "rules"))\(length), for \(result.data.target ?? "the target") "
      + "\(source) (\(result.method))"
  }

  /// How often the rules decide as the model, with the share of each of some classes.
  static func fidelity(_ metrics: RuleFiguresJSON, classes: [String]) -> String {
    let recalls = classes.compactMap { name in metrics.recall[name].map { (name, $0.value) } }
      .filter { !$0.1.isNaN }.prefix(10).map { "\($0.0) \(NumberText.percent($0.1))" }
    return
      "\(NumberText.percent(metrics.value(metrics.fidelity))) of \(metrics.rows) \(metrics.kind) rows "
      + "(balanced \(NumberText.percent(metrics.value(metrics.balancedFidelity)))"
      + (recalls.isEmpty ? "" : "; \(recalls.joined(separator: ", "))") + ")"
      + (metrics.isHeldOut ? ", \(NumberText.percent(metrics.fidelity.train.value)) of the training rows" : "")
  }

  /// How many rows the rules say something about.
  static func coverage(_ coverage: Double, overlap: Double, conflicts: Double) -> String {
    "a rule fires for \(NumberText.percent(coverage)), \(NumberText.significant(overlap, 2)) on average; rules of "
      + "different classes for \(NumberText.percent(conflicts))"
  }
}

extension RulesText: RuleFormat {
  /// `text`
  public static let name = "text"

  /// The rules with what a reader must know, as comments; `check` reads them back.
  public static func text(_ run: RulesRun) -> String { RulesText(result: RulesJSON(run)).text }
}
