import DataFrames
import Rules

/// What a rule set does on a table, as text.
struct CheckText {
  let run: CheckRun

  /// The whole text.
  var text: String {
    var lines = [
      "\(run.path): \(DataFrame.counted(run.set.rules.count, "rule", "rules")), \(run.set.semantics.rawValue), "
        + "on \(DataFrame.counted(run.figures.rows, "row", "rows")) of \(run.source.path)"
    ]
    lines += run.warnings.map { "Beware: " + $0 }
    lines += summary(run.figures, run.set)
    if let trained = run.trained { lines.append(LimeText.modelLine(trained)) }
    lines.append(
      "Rows that no rule decides on: " + Self.list(run.figures.uncovered, of: run.figures.uncoveredCount))
    lines.append(
      "Rules that could go, each alone: " + Self.list(run.figures.redundant, of: run.figures.redundant.count))
    if let other = run.other {
      let share = 1 - Double(other.differentCount) / Double(max(1, run.figures.rows))
      lines.append(
        "Against \(other.path) (\(DataFrame.counted(other.set.rules.count, "rule", "rules"))): the same class in "
          + "\(NumberText.percent(share)) of the rows; otherwise in "
          + Self.list(other.different, of: other.differentCount))
      lines += summary(other.figures, other.set).map { "  there: " + $0 }
    }
    lines.append("")
    lines += table
    return lines.map { Terminal.oneLine($0) }.joined(separator: "\n") + "\n"
  }

  private func summary(_ figures: RuleFigures, _ set: RuleSet) -> [String] {
    var lines: [String] = []
    if !figures.fidelity.isNaN {
      lines.append(
        "Decides as the model in \(NumberText.percent(figures.fidelity)) of the rows (balanced "
          + "\(NumberText.percent(figures.balancedFidelity)))")
    }
    if !figures.accuracy.isNaN { lines.append("Right in \(NumberText.percent(figures.accuracy)) of the rows") }
    lines.append(RulesText.coverage(figures))
    return lines
  }

  /// Each rule with the rows that it decides.
  private var table: [String] {
    let written = run.written
    let truth = run.trained == nil ? "right" : "as the model"
    let rows = written.rules.indices.map {
      ["\($0 + 1)", "\(run.figures.decided[$0])", "\(run.figures.right[$0])"]
    }
    let texts = written.rules.map { "  IF \(RuleText.conditions($0)) THEN \(RuleText.quoted($0.then))" }
    return zip(TextTable.aligned([["Rule", "decides", truth]] + rows), [""] + texts).map { $0 + $1 }
  }

  /// How many there are, and the first of them, which are given from 0.
  private static func list(_ numbers: [Int], of count: Int) -> String {
    numbers.isEmpty
      ? "none"
      : "\(count) (\(numbers.prefix(10).map { "\($0 + 1)" }.joined(separator: ", "))\(count > 10 ? ", ..." : ""))"
  }
}
