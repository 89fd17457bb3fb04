import DataFrames
public import Reports

extension ImportanceJSON: PagedResult {
  private static let barLimit = 30
  private static let rowLimit = 500

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    Page(
      title: "Importance of the columns of \(data.name)", headline: ImportanceText(result: self).headline,
      alerts: pageAlerts(body.model, body.warnings),
      sections: [
        Section(heading: "The columns", id: "columns", blocks: columnBlocks(&figures)),
        .model(body.model, target: data.target ?? ""),
        Section(heading: "How this was computed", id: "method", blocks: methodBlocks),
      ],
      provenance: .provenance(header, body.model))
  }

  /// The figures, and the table with the impurity's shares beside the importances.
  func columnBlocks(_ figures: inout Figures, rowLimit: Int = rowLimit) -> [Block] {
    let text = ImportanceText(result: self)
    let shown = body.columns.prefix(Self.barLimit)
    let bars = DivergingBars(
      title: "Importance",
      axis: text.isBetterLarger ? "fall of \(text.scoreName)" : "rise of \(text.scoreName)",
      bars: shown.map { entry in
        let deviation = entry.standardDeviation.value
        return DivergingBars.Bar(
          label: entry.column, value: entry.importance.value, error: deviation > 0 ? deviation : nil,
          valueText: text.cells(entry)[1])
      })
    var blocks = [
      figures.block(
        "How much worse the model does without each column; whiskers are one standard deviation of the repeats."
      ) { try bars.svg(using: $0) }
    ]
    for (title, value) in [
      ("Importance of each pixel", { $0.importance.value }),
      ("Share of the impurity's decrease of each pixel", { $0.impurity?.value ?? 0 }),
    ] as [(String, (Entry) -> Double)] {
      let values = body.columns.flatMap { entry in entry.members.map { ($0, value(entry)) } }
      guard values.contains(where: { $0.1 > 0 }),
        let map = PixelMap(body.picture, title: title, values: Dictionary(values) { first, _ in first })
      else { continue }
      blocks.append(map.block(&figures))
    }
    let rows = body.columns.prefix(rowLimit)
    let largest = body.columns.compactMap { $0.impurity?.value }.max() ?? 0
    let tableColumns = text.header.enumerated().map { Table.Column($0.element, isNumeric: $0.offset > 0) }
    blocks.append(
      .table(
        Table(
          caption: rows.count < body.columns.count ? "The first \(rows.count) of \(body.columns.count)" : "All columns",
          columns: tableColumns,
          rows: rows.map { entry in
            text.cells(entry).enumerated().map { place, cell in
              guard place == 4, largest > 0, let share = entry.impurity?.value else { return .init(cell) }
              return .init(cell, bar: share / largest)
            }
          })))
    return blocks
  }

  /// What the numbers are, in plain words.
  var methodBlocks: [Block] {
    var blocks: [Block] = [
      .paragraph(
        "A column's importance is how much the score worsens when the column is taken away: "
          + "\(ImportanceText(result: self).way), on \(body.rows). The standard deviation is over the repeats. The "
          + "error ratio is the mean error without the column by the model's error."),
      .paragraph(
        "Columns that say the same stand in for each other, so that each may look unimportant while the two together "
          + "are not; --groups auto takes such columns away together."),
    ]
    if body.columns.contains(where: { $0.impurity != nil }) {
      blocks.append(
        .paragraph(
          "The impurity share is how much of the decrease of impurity in the trees comes from tests on the column, on "
            + "the rows that the trees were grown on. It favours columns with many values: where the two disagree, "
            + "believe the importance."
        ))
    }
    return blocks
  }
}
