import DataFrames
import Learning
import Reports
import Surrogates

/// The page of importances.
struct ImportancePage {
  /// The page.
  let page: Page
  /// Why it lacks a figure; nil where it has all.
  let missingFigure: String?

  private static let barLimit = 30
  private static let rowLimit = 500

  /// The page, with its figures drawn by `gnuplot`.
  init(_ run: ImportanceRun, gnuplot: Gnuplot = Gnuplot()) {
    let text = ImportanceText(run: run)
    let shown = run.entries.prefix(Self.barLimit)
    var figures = FigureBlocks(gnuplot)
    figures.add(
      "How much worse the model does without each column; whiskers are one standard deviation of the repeats."
    ) {
      try Self.bars(text, Array(shown)).svg(using: $0)
    }
    let features = run.table.encoding.features
    var values = [Double](repeating: 0, count: features.count)
    var impurity = values
    for entry in run.entries {
      for column in entry.columns {
        values[column] = entry.importance.difference
        impurity[column] = entry.impurity ?? 0
      }
    }
    for (title, values) in [
      ("Importance of each pixel", values), ("Share of the impurity's decrease of each pixel", impurity),
    ]
    where values.contains(where: { $0 > 0 }) {
      if let map = PixelMap(run.table, title: title, values: values) {
        figures.add("\(title): the darker, the more; white has none.") { try map.svg(using: $0) }
      }
    }
    let rows = run.entries.prefix(Self.rowLimit)
    let header = text.header
    figures.blocks.append(
      .table(
        Table(
          caption: rows.count < run.entries.count ? "The first \(rows.count) of \(run.entries.count)" : "All columns",
          columns: header.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
          rows: rows.map { text.cells($0).map { .init($0) } })))
    missingFigure = figures.missing
    page = Page(
      title: "Importance of the columns of \(run.table.source.name)", headline: text.headline,
      alerts: (run.trained.warning.map { [$0] } ?? []) + run.warnings.map { $0 + "." }
        + run.table.source.notes.map { "\($0)" },
      sections: [
        Section(heading: "The columns", id: "columns", blocks: figures.blocks),
        .model(run.trained, target: run.table.targetName), Self.method(run),
      ],
      provenance: .provenance(run.table, seed: run.request.run.seed, [Fact("Model", run.trained.name)]))
  }

  private static func bars(_ text: ImportanceText, _ shown: [ImportanceRun.Entry]) -> DivergingBars {
    DivergingBars(
      title: "Importance",
      axis: text.run.request.score.isBetterLarger ? "fall of \(text.scoreName)" : "rise of \(text.scoreName)",
      bars: shown.map { entry in
        let deviation = entry.importance.standardDeviation
        return DivergingBars.Bar(
          label: text.run.name(entry), value: entry.importance.difference, error: deviation > 0 ? deviation : nil,
          valueText: text.cells(entry)[1])
      })
  }

  private static func method(_ run: ImportanceRun) -> Section {
    var blocks: [Block] = [
      .paragraph(
        "A column's importance is how much the score worsens when the column is taken away: \(ImportanceText(run: run).way), "
          + "on \(run.rowsText). The standard deviation is over the repeats. The error ratio is the mean error without the column "
          + "by the model's error."),
      .paragraph(
        "Columns that say the same stand in for each other, so that each may look unimportant while the two together are not; "
          + "--groups auto takes such columns away together."),
    ]
    if run.entries.contains(where: { $0.impurity != nil }) {
      blocks.append(
        .paragraph(
          "The impurity share is how much of the decrease of impurity in the trees comes from tests on the column, on the rows "
            + "that the trees were grown on. It favours columns with many values: where the two disagree, believe the importance."
        ))
    }
    return Section(heading: "How this was computed", id: "method", blocks: blocks)
  }
}

/// Blocks of figures, with a note in the place of one that could not be drawn.
struct FigureBlocks {
  var blocks: [Block] = []
  /// Why a figure is missing.
  private(set) var missing: String?
  private let gnuplot: Gnuplot

  init(_ gnuplot: Gnuplot) { self.gnuplot = gnuplot }

  mutating func add(_ caption: String, _ draw: (Gnuplot) throws -> SVG) {
    do {
      blocks.append(.figure(try draw(gnuplot), caption: caption))
    } catch {
      missing = "the figure could not be drawn: \(error)"
      blocks.append(.note("There is no figure here: \(error). The table has the same numbers."))
    }
  }
}
