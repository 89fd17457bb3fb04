import Images

/// The text form of the measures of methods.
enum ImageEvaluationText {
  static func text(_ run: EvaluationRun) -> String {
    let shown = run.measures.filter { measure in run.scores.contains { $0.mean(measure) != nil } }
    var rows = [columns(shown)]
    for score in run.scores where score.failure == nil { rows.append(cells(score, shown)) }
    var lines = [
      "\(run.measured.count) pictures of \(run.folder.path), \(run.modelPath); deletion and insertion by \(run.pixelsPerStep) pixels a step"
    ]
    lines.append("")
    lines += TextTable.aligned(rows)
    lines.append("")
    lines += shown.map { "\($0.rawValue): \($0.summary)" }
    for score in run.scores { if let failure = score.failure { lines.append("\(score.method): \(failure)") } }
    return lines.map { Terminal.oneLine($0) + "\n" }.joined()
  }

  /// The heads of the table's columns.
  static func columns(_ shown: [EvaluationRun.Measure]) -> [String] {
    var heads = ["Method"]
    heads += shown.map(\.rawValue)
    if ImageEvaluationJSON.showsTimes { heads.append("s a map") }
    return heads
  }

  /// A method's row of the table.
  static func cells(_ score: EvaluationRun.Score, _ shown: [EvaluationRun.Measure]) -> [String] {
    var cells = [score.method]
    for measure in shown { cells.append(cell(score.mean(measure))) }
    if ImageEvaluationJSON.showsTimes {
      cells.append(score.maps > 0 ? NumberText.significant(score.seconds / Double(score.maps), 2) : "")
    }
    return cells
  }

  /// A mean and its standard error.
  static func cell(_ mean: (value: Double, error: Double?, count: Int)?) -> String {
    guard let mean else { return "" }
    let value = NumberText.fixed(mean.value, decimals: 3)
    return mean.error.map { "\(value) ± \(NumberText.fixed($0, decimals: 3))" } ?? value
  }
}
