public import Reports

extension RegressionJSON: PagedResult {
  /// The most terms that the figure shows, and the most that the table lists.
  private static let barLimit = 30
  private static let rowLimit = 1000

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = RegressionText(result: self)
    var sections = [
      Section(heading: "The terms", id: "terms", blocks: termBlocks(&figures)),
      Section(
        heading: "The fit as a whole", id: "fit", blocks: ([text.fitLine] + text.judgement).map { .paragraph($0) }),
    ]
    if let model = body.model { sections.append(.model(model, target: data.target ?? "")) }
    sections.append(Section(heading: "How this was computed", id: "method", blocks: methodBlocks))
    return Page(
      title: "Regression of \(body.response)",
      headline: ([text.headline] + text.fidelityLines.prefix(1)).joined(separator: " "),
      alerts: (body.model?.warning.map { [$0] } ?? []) + text.fidelityLines.dropFirst() + body.warnings.map { $0 + "." }
        + reading.notes,
      sections: sections,
      provenance: .provenance(header, body.model))
  }

  /// The figure of t and the table of estimates.
  func termBlocks(_ figures: inout Figures) -> [Block] {
    let text = RegressionText(result: self)
    var blocks: [Block] = []
    let shown = strongest.prefix(Self.barLimit)
    if !shown.isEmpty && !body.isExact {
      let bars = DivergingBars(
        title: "t of each term", axis: "t on \(body.response)",
        bars: shown.map {
          DivergingBars.Bar(
            label: $0.term, value: $0.t.value, error: nil, valueText: NumberText.significant($0.t.value, 4))
        })
      blocks.append(
        figures.block(
          "t = estimate / standard error of the \(shown.count) terms with the largest |t|. Bars to the right "
            + "raise the response, bars to the left lower it."
        ) { try bars.svg(using: $0) })
    }
    let cells = text.cells
    let confidence = NumberText.significant(self.confidence.value * 100, 4)
    blocks.append(
      .table(
        Table(
          caption: "Estimates with \(confidence) % intervals"
            + (cells.count > Self.rowLimit ? ", the first \(Self.rowLimit) of \(cells.count) terms" : ""),
          columns: text.header.enumerated().map { .init($0.element, isNumeric: $0.offset > 0) },
          rows: cells.prefix(Self.rowLimit).map { $0.map { .init($0) } })))
    if let line = text.referenceLine { blocks.append(.paragraph(line)) }
    return blocks
  }

  /// What the numbers are, in plain words.
  var methodBlocks: [Block] {
    let robust =
      body.errors == "hc3"
      ? "The standard errors allow each row a noise of its own (HC3); F is Wald's with them."
      : "The standard errors assume noise of the same size in every row; --robust hc3 does not."
    return [
      .paragraph(
        "Least squares by Householder reflections on the complete rows. t is the estimate by its standard error, p the "
          + "probability of one as large if the true coefficient were 0. Of a category each level but the first has a "
          + "term, which compares it with the first. A column that others make up has no estimate, as in R. \(robust)"),
      .paragraph(
        "VIF is the factor by which a term's variance is larger than if its column were unrelated to the others: above "
          + "10 its estimate is hardly told apart from theirs."),
    ]
  }
}
