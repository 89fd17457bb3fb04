import DataFrames
import Learning
import Runs

/// The text and CSV forms of importances, and the sentences that their page shares.
public struct ImportanceText {
  let result: ImportanceJSON

  /// The text of a result.
  public init(result: ImportanceJSON) {
    self.result = result
  }

  /// The name of the score in words.
  var scoreName: String { MetricText.name(result.metric) }

  /// Whether the score is better where it is larger.
  var isBetterLarger: Bool { Score.named(result.metric)?.isBetterLarger ?? true }

  /// What was done, in a sentence.
  var headline: String {
    let first = result.columns.first.flatMap { entry in
      entry.importance.value <= 0 ? nil : " Most important: \(entry.column) (\(difference(entry)))."
    }
    return "Importance of columns to the \(result.model.name), on \(result.rows): \(way)." + (first ?? "")
  }

  /// How columns were taken away and what is measured.
  var way: String {
    let times = result.repeats == 1 ? "once" : "\(result.repeats) times"
    let taken =
      switch ImportanceRun.Method(rawValue: result.method) {
      case .permute: "each permuted \(times)"
      case .drop: "the model trained again \(times) without each"
      case .mean: "each replaced by its mean or commonest category"
      case .conditional: "each permuted \(times) among rows that are alike in the other columns"
      case nil: "each taken away (\(result.method))"
      }
    return "\(taken), \(scoreName) \(NumberText.significant(result.baseline.value, 4)) with all columns"
  }

  private func difference(_ entry: ImportanceJSON.Entry) -> String {
    "\(scoreName) \(isBetterLarger ? "falls" : "rises") by \(NumberText.significant(entry.importance.value, 3))"
  }

  /// The names of the table's columns.
  var header: [String] {
    ["Column", "Importance", "Std. dev.", "Error ratio"] + (hasImpurity ? ["Impurity share"] : [])
  }

  /// Whether the shares of the impurity's decrease are known.
  var hasImpurity: Bool { result.columns.contains { $0.impurity != nil } }

  /// The cells of a row.
  func cells(_ entry: ImportanceJSON.Entry) -> [String] {
    let largest = result.columns.first?.importance.value.magnitude ?? 0
    let decimals = NumberText.decimals(of: largest, digits: 3)
    let importance = entry.importance.value
    return [
      entry.column,
      // What rounding of the mean leaves of nothing is nothing.
      NumberText.fixed(importance.magnitude < 1e-14 * largest ? 0 : importance, decimals: decimals),
      NumberText.fixed(entry.standardDeviation.value, decimals: decimals),
      entry.ratio.value.isNaN ? "" : NumberText.significant(entry.ratio.value, 3),
    ] + (hasImpurity ? [entry.impurity.map { NumberText.significant($0.value, 3) } ?? ""] : [])
  }

  /// The text, with so many columns at most.
  public func text(limit: Int) -> String {
    let shown = result.columns.prefix(limit)
    var lines = [OneLine.text(headline), ""]
    lines += TextTable.aligned([header] + shown.map { cells($0) })
    if shown.count < result.columns.count {
      let zero = result.columns.count { $0.importance.value == 0 }
      lines.append(
        "... and \(result.columns.count - shown.count) more (--top all); \(zero) of all \(result.columns.count) change "
          + "nothing."
      )
    }
    lines += ["", ModelText.line(result.model)]
    if let warning = result.model.warning { lines.append("Beware: \(warning)") }
    lines += result.warnings.map { "Beware: \($0)." }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All groups, all digits.
  public var csv: String {
    let header = ["column", "importance", "standardDeviation", "ratio", "p", "impurity"]
    let rows = result.columns.map { entry in
      let numbers = [entry.importance, entry.standardDeviation, entry.ratio, entry.p].map(\.value)
      return [entry.column] + (numbers + [entry.impurity?.value ?? .nan]).map { $0.isFinite ? "\($0)" : "" }
    }
    return ([header] + rows).map { CSVWriter.record($0) + "\n" }.joined()
  }
}
