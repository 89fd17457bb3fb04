import DataFrames
import Reports
import Surrogates

/// The page of a regression.
struct RegressionPage {
  /// The page.
  let page: Page
  /// Why it has no figure; nil where it has.
  let missingFigure: String?

  /// The most terms that the figure shows.
  private static let barLimit = 30

  /// The page, with its figure drawn by `gnuplot`.
  init(_ run: RegressionRun, gnuplot: Gnuplot = Gnuplot()) {
    var blocks: [Block] = []
    var missing: String?
    let shown = run.strongest.prefix(Self.barLimit)
    if !shown.isEmpty && !run.fit.isExact {
      do {
        blocks.append(
          .figure(
            try Self.figure(run, Array(shown)).svg(using: gnuplot),
            caption:
              "t = estimate / standard error of the \(shown.count) terms with the largest |t|. Bars to the right "
              + "raise the response, bars to the left lower it."))
      } catch {
        missing = "the figure could not be drawn: \(error)"
        blocks.append(.note("There is no figure here: \(error). The table has the same numbers."))
      }
    }
    blocks.append(.table(Self.table(run)))
    if let line = RegressionText.referenceLine(run) { blocks.append(.paragraph(line)) }
    var sections = [
      Section(heading: "The terms", id: "terms", blocks: blocks),
      Section(
        heading: "The fit as a whole", id: "fit",
        blocks: ([RegressionText.fitLine(run.fit)] + RegressionText.judgement(run)).map { .paragraph($0) }),
    ]
    if let explained = run.explained { sections.append(.model(explained.trained, target: run.table.targetName)) }
    sections.append(Self.method(run))
    missingFigure = missing
    let text = RegressionText(run: run)
    page = Page(
      title: "Regression of \(run.responseName)",
      headline: ([text.headline] + RegressionText.fidelityLines(run).prefix(1)).joined(separator: " "),
      alerts: (run.explained?.trained.warning.map { [$0] } ?? []) + RegressionText.fidelityLines(run).dropFirst()
        + run.warnings.map { $0 + "." } + run.table.source.notes.map { "\($0)" },
      sections: sections,
      provenance: .provenance(
        run.table, seed: run.request.seed, run.explained.map { [Fact("Model", $0.trained.name)] } ?? []))
  }

  private static func figure(_ run: RegressionRun, _ shown: [LinearRegressionFit.Coefficient]) -> DivergingBars {
    DivergingBars(
      title: "t of each term", axis: "t on \(run.responseName)",
      bars: shown.map { coefficient in
        let t = coefficient.estimate?.t ?? 0
        return DivergingBars.Bar(
          label: coefficient.term, value: t, error: nil, valueText: NumberText.significant(t, 4))
      })
  }

  private static func table(_ run: RegressionRun) -> Table {
    let header = RegressionText.header(run)
    return Table(
      caption: "Estimates with \(NumberText.significant(run.request.regression.confidence * 100, 4)) % intervals",
      columns: header.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
      rows: RegressionText.cells(run).map { $0.map { .init($0) } })
  }

  private static func method(_ run: RegressionRun) -> Section {
    let robust =
      run.request.regression.errors == .hc3
      ? "The standard errors allow each row a noise of its own (HC3); F is Wald's with them."
      : "The standard errors assume noise of the same size in every row; --robust hc3 does not."
    return Section(
      heading: "How this was computed", id: "method",
      blocks: [
        .paragraph(
          "Least squares by Householder reflections on the complete rows. t is the estimate by its standard error, p the "
            + "probability of one as large if the true coefficient were 0. Of a category each level but the first has a term, "
            + "which compares it with the first. A column that others make up has no estimate, as in R. \(robust)"),
        .paragraph(
          "VIF is the factor by which a term's variance is larger than if its column were unrelated to the others: above 10 "
            + "its estimate is hardly told apart from theirs."),
      ])
  }
}
