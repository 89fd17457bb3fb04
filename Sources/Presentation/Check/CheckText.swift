import DataFrames
import Runs

/// What a rule set does on a table, as text, and the sentences that its page shares.
public struct CheckText {
  let result: CheckJSON

  /// The text of a result.
  public init(result: CheckJSON) {
    self.result = result
  }

  /// The whole text.
  public var text: String {
    var lines = [headline] + result.warnings.map { "Beware: " + $0 }
    lines += summary(result.metrics)
    if let model = result.model { lines.append(ModelText.line(model)) }
    lines += lists
    lines += against
    lines.append("")
    lines += table
    return lines.map { OneLine.text($0) }.joined(separator: "\n") + "\n"
  }

  /// What was checked.
  var headline: String {
    "\(result.path): \(Plural.text(result.metrics.rules, "rule", "rules")), \(result.semantics), "
      + "on \(Plural.text(result.data.rows, "row", "rows")) of \(result.data.path)"
  }

  /// How good a rule set is.
  func summary(_ metrics: CheckJSON.Metrics) -> [String] {
    var lines: [String] = []
    if let fidelity = metrics.fidelity?.value {
      lines.append(
        "Decides as the model in \(NumberText.percent(fidelity)) of the rows (balanced "
          + "\(NumberText.percent(metrics.balancedFidelity?.value ?? .nan)))")
    }
    if !metrics.accuracy.value.isNaN {
      lines.append("Right in \(NumberText.percent(metrics.accuracy.value)) of the rows")
    }
    lines.append(
      RulesText.coverage(
        metrics.coverage.value, overlap: metrics.overlap.value, conflicts: metrics.conflicts.value))
    return lines
  }

  /// The rows without a rule and the rules without a use.
  var lists: [String] {
    [
      "Rows that no rule decides on: " + Self.list(result.uncovered, of: result.uncoveredCount),
      "Rules that could go, each alone: " + Self.list(result.redundant, of: result.redundant.count),
    ]
  }

  /// How the other rule set decides; empty where there is none.
  var against: [String] {
    guard let other = result.against else { return [] }
    return [
      "Against \(other.path) (\(Plural.text(other.metrics.rules, "rule", "rules"))): the same class in "
        + "\(NumberText.percent(other.agreement.value)) of the rows; otherwise in "
        + Self.list(other.different, of: other.differentCount)
    ] + summary(other.metrics).map { "  there: " + $0 }
  }

  /// What a rule's rows are counted against.
  var truth: String { result.model == nil ? "right" : "as the model" }

  /// Each rule with the rows that it decides.
  private var table: [String] {
    let rows = result.rules.enumerated().map { ["\($0.offset + 1)", "\($0.element.decided)", "\($0.element.right)"] }
    let texts = result.rules.map { "  " + $0.text }
    return zip(TextTable.aligned([["Rule", "decides", truth]] + rows), [""] + texts).map { $0 + $1 }
  }

  /// How many there are, and the first of them.
  private static func list(_ numbers: [Int], of count: Int) -> String {
    numbers.isEmpty
      ? "none"
      : "\(count) (\(numbers.prefix(10).map { "\($0)" }.joined(separator: ", "))\(count > 10 ? ", ..." : ""))"
  }
}
