import DataFrames
import Learning
import Reports
import Surrogates

/// The page of one explained row.
struct LimePage {
  /// The page.
  let page: Page
  /// Why it has no figure; nil where it has.
  let missingFigure: String?

  /// The most terms that a figure shows.
  private static let barLimit = 30
  /// The most cells of the row that are listed.
  private static let cellLimit = 200

  /// The page of `row`, with figures drawn by `gnuplot`.
  init(_ run: LimeRun, row: LimeRun.Row, gnuplot: Gnuplot = Gnuplot()) {
    var missing: String?
    var sections: [Section] = []
    for (number, explanation) in row.explained.explanations.enumerated() {
      let output = LimeText.outputName(run, explanation.output)
      var blocks: [Block] = []
      do {
        blocks.append(
          .figure(
            try Self.figure(run, row, explanation).svg(using: gnuplot),
            caption: Self.caption(run, explanation)))
      } catch {
        missing = "the figure could not be drawn: \(error)"
        blocks.append(.note("There is no figure here: \(error). The table has the same numbers."))
      }
      blocks.append(.table(Self.table(run, row, explanation)))
      blocks.append(
        .paragraph(LimeText.surrogateLine(explanation, model: row.answer[explanation.output])))
      if row.explained.samples > 0 { blocks.append(.paragraph(LimeText.stabilityLine(explanation))) }
      sections.append(Section(heading: "Why \(output)", id: "why-\(number + 1)", blocks: blocks))
    }
    sections.append(Self.rowSection(run, row))
    sections.append(.model(run.trained, target: run.table.targetName))
    sections.append(Self.methodSection(run, row))
    missingFigure = missing
    page = Page(
      title: "Row \(row.number) of \(run.table.source.name)",
      headline: Self.headline(run, row), alerts: Self.alerts(run, row), sections: sections,
      provenance: Self.provenance(run, row))
  }

  private static func caption(_ run: LimeRun, _ explanation: LocalExplanation) -> String {
    let output = LimeText.outputName(run, explanation.output)
    let shown =
      explanation.terms.count > barLimit
      ? "The \(barLimit) largest of \(explanation.terms.count) weights. " : ""
    let sides =
      run.classNames == nil
      ? "Bars to the right raise it, bars to the left lower it."
      : "Bars to the right speak for the class, bars to the left against it."
    return
      "\(shown)How much higher the model's \(quantity(run, output)) is, on average around this row, where the condition "
      + "holds. \(sides)"
  }

  private static func quantity(_ run: LimeRun, _ output: String) -> String {
    run.classNames == nil ? output : "probability of \(output)"
  }

  private static func figure(
    _ run: LimeRun, _ row: LimeRun.Row, _ explanation: LocalExplanation
  ) -> DivergingBars {
    let shown = explanation.terms.prefix(barLimit)
    let largest = shown.map(\.weight.magnitude).max() ?? 0
    let output = LimeText.outputName(run, explanation.output)
    return DivergingBars(
      title: "Weights around row \(row.number)",
      axis: run.classNames == nil ? "weight on \(output)" : "weight on the \(quantity(run, output))",
      bars: shown.map { term in
        DivergingBars.Bar(
          label: run.condition(term, row), value: term.weight,
          error: term.standardError > 0 ? term.standardError : nil,
          valueText: LimeText.weight(term.weight, largest: largest))
      })
  }

  private static func table(
    _ run: LimeRun, _ row: LimeRun.Row, _ explanation: LocalExplanation
  ) -> Table {
    let shown = explanation.terms.prefix(cellLimit)
    let isSampled = row.explained.samples > 0
    let largest = shown.map(\.weight.magnitude).max() ?? 0
    return Table(
      caption: shown.count < explanation.terms.count
        ? "The \(shown.count) largest of \(explanation.terms.count) weights" : "The weights",
      columns: [.init("Condition"), .init("The row's value"), .init("Weight", isNumeric: true)]
        + (isSampled ? [.init("Standard error", isNumeric: true)] : []),
      rows: shown.map { term in
        let feature = run.features[term.column]
        let value = run.value(row, term.column)
        return [
          .init(run.condition(term, row)), .init(ConditionText.cell(value, feature) ?? "missing"),
          .init(
            LimeText.weight(term.weight, largest: largest), bar: largest > 0 ? term.weight / largest : nil),
        ] + (isSampled ? [.init(NumberText.significant(term.standardError, 2))] : [])
      })
  }

  private static func headline(_ run: LimeRun, _ row: LimeRun.Row) -> String {
    let (against, inFavour) = run.classNames == nil ? ("lowers it", "raises it") : ("against", "for")
    let reasons =
      row.explained.explanations.first?.terms.prefix(3).filter { $0.weight != 0 }
      .map { "\(run.condition($0, row)) (\($0.weight < 0 ? against : inFavour))" } ?? []
    let sentence = "The \(run.trained.kind.rawValue) \(LimeText.predicted(run, row))"
    return reasons.isEmpty ? sentence : "\(sentence) Main reasons: \(reasons.joined(separator: ", "))."
  }

  private static func alerts(_ run: LimeRun, _ row: LimeRun.Row) -> [String] {
    var alerts: [String] = run.trained.warning.map { [$0] } ?? []
    if let names = run.classNames, let actual = run.actual(row),
      names[run.predictedClass(row)] != actual
    {
      alerts.append("The prediction is not what the file says: \(actual).")
    }
    for explanation in row.explained.explanations where explanation.rSquared < 0.5 {
      alerts.append(
        "The conditions explain only \(NumberText.percent(explanation.rSquared)) of how the model's "
          + "\(quantity(run, LimeText.outputName(run, explanation.output))) varies around this row. "
          + "Read the weights as averages, not as the model's rule.")
    }
    if run.trained.isTrainedHere, run.trained.split.training.contains(row.number - 1) {
      alerts.append(
        "The model was trained on this row among others, so its prediction is better here than it would be for a new row."
      )
    }
    return alerts + run.table.source.notes.map { "\($0)" }
  }

  private static func rowSection(_ run: LimeRun, _ row: LimeRun.Row) -> Section {
    let shown = run.features.indices.prefix(cellLimit)
    let table = Table(
      caption: shown.count < run.features.count
        ? "The first \(shown.count) of \(run.features.count) columns" : "All columns that the model sees",
      columns: [.init("Column"), .init("Value")],
      rows: shown.map { column in
        [
          .init(run.features[column].name),
          .init(ConditionText.cell(run.value(row, column), run.features[column]) ?? "missing"),
        ]
      })
    var blocks: [Block] = [.table(table)]
    if let names = run.classNames {
      let falling = LimeRun.fallingOutputs(row.prediction)
      blocks.append(
        .table(
          Table(
            caption: "What the model makes of it",
            columns: [.init(run.table.targetName), .init("Probability", isNumeric: true)],
            rows: falling.prefix(cellLimit).map {
              [.init(names[$0]), .init(NumberText.significant(row.prediction[$0], 3), bar: row.prediction[$0])]
            })))
    }
    return Section(heading: "The row", id: "row", blocks: blocks)
  }

  private static func methodSection(_ run: LimeRun, _ row: LimeRun.Row) -> Section {
    let width = NumberText.significant(row.explained.kernelWidth, 3)
    var blocks: [Block] = [
      .paragraph(
        "LIME asks how the model's output changes when the row's values are replaced by others, drawn column by "
          + "column from the training rows. Each column is cut into bins (\(run.binning)); a weight says how much "
          + "higher the output is, on average, where the column's value is in the row's own bin than where it is not. "
          + "Replaced rows count the less the more of their columns differ (kernel width \(width))."),
      .paragraph(
        row.explained.samples == 0
          ? "The weights of a mean of trees have a closed form, which was used: they are what sampling would converge to, "
            + "and have no sampling error. R2 is the share of the model's variance around the row that they explain."
          : "The weights come from \(row.explained.samples) draws around the row, so each has a standard error. R2 is the "
            + "share of the model's variance around the row that they explain."),
    ]
    if let search = row.explained.widthSearch {
      blocks.append(
        .table(
          Table(
            caption:
              "The kernel widths that were tried; the widest that explains \(NumberText.percent(WidthSearch.adherence)) "
              + "is taken, or else the one that explains most",
            columns: [.init("Kernel width", isNumeric: true), .init("R2", isNumeric: true)],
            rows: search.candidates.map {
              [
                .init(NumberText.significant($0.width, 3) + ($0 == search.chosen ? ", taken" : "")),
                .init(NumberText.significant($0.rSquared, 3), bar: $0.rSquared.isNaN ? nil : $0.rSquared),
              ]
            })))
    }
    return Section(heading: "How this was computed", id: "method", blocks: blocks)
  }

  private static func provenance(_ run: LimeRun, _ row: LimeRun.Row) -> [Fact] {
    .provenance(
      run.table, seed: run.request.seed,
      [Fact("Model", run.trained.name), Fact("Explained by", LimeText.methodName(run, row.explained))])
  }
}
