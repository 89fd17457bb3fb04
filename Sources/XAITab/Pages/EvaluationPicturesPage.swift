import Reports

/// The page of the measures of methods.
struct EvaluationPicturesPage {
  let page: Page

  init(_ run: EvaluationRun, _ options: RunOptions) {
    let shown = run.measures.filter { measure in run.scores.contains { $0.mean(measure) != nil } }
    let good = run.scores.filter { $0.failure == nil }
    let heads = ImageEvaluationText.columns(shown)
    let columns = heads.enumerated().map { Table.Column($1, isNumeric: $0 > 0) }
    let rows = good.map { score in ImageEvaluationText.cells(score, shown).map { Table.Cell($0) } }
    let table = Table(
      caption: "Means over \(run.measured.count) pictures, with their standard errors", columns: columns, rows: rows)
    var figures: [Block] = []
    for measure in shown {
      let bars = Self.bars(measure, good)
      do {
        let caption = "The best first; whiskers are one standard error. \(measure.rawValue): \(measure.summary)."
        figures.append(.figure(try bars.svg(), caption: caption))
      } catch {
        figures.append(.note("No figure: \(error)."))
      }
    }
    let failures = run.scores.compactMap { score in score.failure.map { Block.note("\(score.method): \($0).") } }
    var alerts = run.notes.map { $0 + "." }
    if run.measured.count < run.planned {
      alerts.insert("Only \(run.measured.count) of \(run.planned) pictures were reached.", at: 0)
    }
    if run.measured.count < 20 {
      alerts.append("So few pictures say little of methods in general: look at the standard errors.")
    }
    var method: [Block] = shown.map { .paragraph("\($0.rawValue): \($0.summary).") }
    method.append(
      .paragraph(
        "Deletion and insertion go by \(run.pixelsPerStep) pixels a step. The row \(EvaluationRun.baseline) is no method: "
          + "its values fall from the middle of the picture outwards."))
    let sections = [
      Section(heading: "The methods", id: "methods", blocks: [.table(table)] + failures),
      Section(heading: "Measure by measure", id: "measures", blocks: figures),
      Section(heading: "How this was measured", id: "how", blocks: method),
    ]
    let provenance = [
      Fact("Program", "xai-tab \(Provenance.version)"), Fact("Made", Provenance.time),
      Fact("Pictures", run.folder.path),
      Fact("SHA-256 of their SHA-256", run.sha256), Fact("Model", run.modelPath), Fact("Seed", "\(run.seed)"),
      Fact("Command", Provenance.command),
    ]
    page = Page(
      title: "Which maps to believe", headline: Self.headline(run, shown), alerts: alerts, sections: sections,
      provenance: provenance)
  }

  /// A measure of all methods, the best first.
  private static func bars(_ measure: EvaluationRun.Measure, _ scores: [EvaluationRun.Score]) -> DivergingBars {
    var bars: [DivergingBars.Bar] = []
    for score in scores {
      guard let mean = score.mean(measure) else { continue }
      let text = NumberText.fixed(mean.value, decimals: 3)
      bars.append(DivergingBars.Bar(label: score.method, value: mean.value, error: mean.error, valueText: text))
    }
    bars.sort { measure.isBetterWhenLarger ? $0.value > $1.value : $0.value < $1.value }
    return DivergingBars(
      title: measure.rawValue, axis: measure.isBetterWhenLarger ? "more is better" : "less is better", bars: bars)
  }

  private static func headline(_ run: EvaluationRun, _ shown: [EvaluationRun.Measure]) -> String {
    var best: [String] = []
    for measure in shown {
      let ranked = bars(measure, run.scores.filter { $0.failure == nil }).bars
      if let first = ranked.first { best.append("\(measure.rawValue) \(first.label)") }
    }
    return "Best over \(run.measured.count) pictures: \(best.joined(separator: ", "))."
  }
}
