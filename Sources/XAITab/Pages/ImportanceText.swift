import DataFrames
import Learning
import Surrogates

/// The text and CSV forms of importances.
struct ImportanceText {
  let run: ImportanceRun

  /// The name of the score in words.
  var scoreName: String { LimeText.metricName(run.request.score.rawValue) }

  /// What was done, in a sentence.
  var headline: String {
    let first = run.entries.first.flatMap { entry in
      entry.importance.difference <= 0 ? nil : " Most important: \(run.name(entry)) (\(difference(entry)))."
    }
    return "Importance of columns to the \(run.trained.name), on \(run.rowsText): \(way)." + (first ?? "")
  }

  /// How columns were taken away and what is measured.
  var way: String {
    let times = run.request.repeats == 1 ? "once" : "\(run.request.repeats) times"
    let taken =
      switch run.request.method {
      case .permute: "each permuted \(times)"
      case .drop: "the model trained again \(times) without each"
      case .mean: "each replaced by its mean or commonest category"
      case .conditional: "each permuted \(times) among rows that are alike in the other columns"
      }
    return "\(taken), \(scoreName) \(NumberText.significant(run.baseline, 4)) with all columns"
  }

  private func difference(_ entry: ImportanceRun.Entry) -> String {
    "\(scoreName) \(run.request.score.isBetterLarger ? "falls" : "rises") by "
      + NumberText.significant(entry.importance.difference, 3)
  }

  /// The names of the table's columns.
  var header: [String] {
    ["Column", "Importance", "Std. dev.", "Error ratio"] + (hasImpurity ? ["Impurity share"] : [])
  }

  private var hasImpurity: Bool { run.entries.contains { $0.impurity != nil } }

  /// The cells of a row.
  func cells(_ entry: ImportanceRun.Entry) -> [String] {
    let largest = run.entries.first?.importance.difference.magnitude ?? 0
    let decimals = NumberText.decimals(of: largest, digits: 3)
    let importance = entry.importance
    return [
      run.name(entry),
      // What rounding of the mean leaves of nothing is nothing.
      NumberText.fixed(
        importance.difference.magnitude < 1e-14 * largest ? 0 : importance.difference, decimals: decimals),
      NumberText.fixed(importance.standardDeviation, decimals: decimals),
      importance.ratio.isNaN ? "" : NumberText.significant(importance.ratio, 3),
    ] + (hasImpurity ? [entry.impurity.map { NumberText.significant($0, 3) } ?? ""] : [])
  }

  func text(limit: Int) -> String {
    let shown = run.entries.prefix(limit)
    var lines = [Terminal.oneLine(headline), ""]
    lines += TextTable.aligned([header] + shown.map { cells($0) })
    if shown.count < run.entries.count {
      let zero = run.entries.count { $0.importance.difference == 0 }
      lines.append(
        "... and \(run.entries.count - shown.count) more (--top all); \(zero) of all \(run.entries.count) change nothing."
      )
    }
    lines += ["", LimeText.modelLine(run.trained)]
    if let warning = run.trained.warning { lines.append("Beware: \(warning)") }
    lines += run.warnings.map { "Beware: \($0)." }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All groups, all digits.
  var csv: String {
    let header = ["column", "importance", "standardDeviation", "ratio", "p", "impurity"]
    let rows = run.entries.map { entry in
      let importance = entry.importance
      return [run.name(entry)]
        + [importance.difference, importance.standardDeviation, importance.ratio, importance.p, entry.impurity ?? .nan]
        .map { $0.isFinite ? "\($0)" : "" }
    }
    return ([header] + rows).map { CSVWriter.record($0) + "\n" }.joined()
  }
}
