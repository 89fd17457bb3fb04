import DataFrames
public import Reports

extension InspectJSON: PagedResult {
  /// The most columns of the table.
  private static let columnLimit = 300
  /// The most words of a category whose counts are drawn, and that are named.
  private static let drawnLevels = 15
  private static let namedLevels = 4

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let missing = body.columns.reduce(0) { $0 + $1.missing }
    return Page(
      title: "What is in \(body.data.name)",
      headline:
        "\(body.data.rows) rows of \(body.data.columns) columns, \(missing == 0 ? "no cell" : "\(missing) cells") "
        + "missing.",
      alerts: body.alerts.map { $0 + "." },
      sections: [Section(heading: "The columns", id: "columns", blocks: columnBlocks())],
      provenance: [
        Fact("Program", "xai-tab \(header.version)"), Fact("Made", Provenance.time), Fact("Data", body.data.path),
        Fact("SHA-256", body.data.sha256), Fact("Read as", body.summary), Fact("Command", Provenance.command),
      ])
  }

  /// The columns with their types and small distributions.
  func columnBlocks(limit: Int = columnLimit) -> [Block] {
    let shown = body.columns.prefix(limit)
    return [
      .table(
        Table(
          caption: shown.count < body.data.columns ? "\(shown.count) of \(body.data.columns) columns" : "All columns",
          columns: [
            .init("Column"), .init("Type"), .init("Missing", isNumeric: true), .init("Distinct", isNumeric: true),
            .init("Values"),
          ],
          rows: shown.map { column in
            let role = column.name == body.data.target ? ", target" : column.setAside ? ", set aside" : ""
            return [
              .init(column.name), .init(column.type + role), .init("\(column.missing)"), .init("\(column.distinct)"),
              .init(column.values(limit: Self.namedLevels), columns: heights(column)),
            ]
          })),
      .paragraph(
        "The small columns count the rows: of numbers in intervals of equal width from the least to the greatest, of "
          + "words one for each, the commonest first."),
    ]
  }

  private func heights(_ column: Column) -> [Double] {
    let counts = column.histogram ?? column.falling.prefix(Self.drawnLevels).map(\.count)
    guard counts.count > 1, let most = counts.max(), most > 0 else { return [] }
    return counts.map { Double($0) / Double(most) }
  }
}
