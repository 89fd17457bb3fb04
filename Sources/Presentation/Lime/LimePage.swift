import DataFrames
public import Reports
import Surrogates

extension LimeJSON: PagedResult {
  /// What is wrong with a result that was read; nil where nothing is.
  public var problem: String? {
    if explainedRows.isEmpty { return "no row is explained" }
    return explainedRows.contains { $0.explanations.isEmpty } ? "a row has no explanation" : nil
  }

  /// The most terms that a figure shows, and the most that a table lists.
  private static let barLimit = 30
  private static let cellLimit = 200
  /// The most rows of which one is looked at at a time.
  private static let rowLimit = 40

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let rows = explainedRows
    let isSingle = self.rows == nil
    var sections: [Section] = []
    if isSingle, let row = rows.first {
      for (number, explanation) in row.explanations.enumerated() {
        let heading = "Why \(LimeText.outputName(target, explanation.class.text))"
        sections.append(
          Section(heading: heading, id: "why-\(number + 1)", blocks: blocks(explanation, row: row.row, &figures)))
      }
      sections.append(Section(heading: "The row", id: "row", blocks: cells(row) + probabilities(row)))
    } else {
      let cut =
        rows.count > Self.rowLimit
        ? [Block.note("The first \(Self.rowLimit) of \(rows.count) rows; the JSON form has all of them.")] : []
      sections.append(
        Section(
          heading: "The rows", id: "rows", blocks: cut + [choice(Array(rows.prefix(Self.rowLimit)), &figures)]))
    }
    sections.append(.model(body.model, target: target))
    sections.append(Section(heading: "How this was computed", id: "method", blocks: methodBlocks(rows)))
    let methodNames =
      rows.first?.explanations.first.map { LimeText.methodName(body.method, $0) } ?? "\(body.method.name) LIME"
    return Page(
      title: isSingle ? "Row \(rows.first?.row ?? 0) of \(dataName)" : "\(rows.count) rows of \(dataName)",
      headline: isSingle ? rows.first.map { headline($0) } ?? "" : headline(rows),
      alerts: alerts(isSingle ? rows : []), sections: sections,
      provenance: .provenance(
        header, body.data, body.reading,
        [Fact("Model", body.model.name), Fact("Explained by", methodNames)]))
  }

  /// The name of the target.
  var target: String { body.data?.target ?? "the target" }

  private var dataName: String { body.data?.name ?? "the data" }

  private var isRegression: Bool { explainedRows.first?.prediction.class == nil }

  /// Rows of which one is looked at at a time.
  func choice(_ rows: [Row], _ figures: inout Figures) -> Block {
    var options: [Choice.Option] = []
    for row in rows {
      options.append(
        Choice.Option(
          label: "\(row.row)",
          heading: "Row \(row.row): \(LimeText.predicted(target, row.prediction, actual: row.actual.text))",
          blocks: rowBlocks(row, &figures)))
    }
    return .choice(Choice(label: "Row", options: options))
  }

  /// All that is said of one row: a class at a time, then its values.
  func rowBlocks(_ row: Row, _ figures: inout Figures) -> [Block] {
    var result: [Block] = []
    if row.explanations.count == 1, let only = row.explanations.first {
      result = blocks(only, row: row.row, &figures)
    } else if !row.explanations.isEmpty {
      var options: [Choice.Option] = []
      for explanation in row.explanations {
        options.append(
          Choice.Option(
            label: explanation.class.text ?? target,
            heading: "Why \(LimeText.outputName(target, explanation.class.text))",
            blocks: blocks(explanation, row: row.row, &figures)))
      }
      result = [.choice(Choice(label: "Class", options: options))]
    }
    let values = cells(row, limit: 60)
    return result + probabilities(row)
      + (values.isEmpty ? [] : [.details(summary: "All values of row \(row.row)", values)])
  }

  /// The figure, the table and the judgement of one explanation.
  private func blocks(_ explanation: Explanation, row: Int, _ figures: inout Figures) -> [Block] {
    let figure = bars(explanation, row: row)
    var blocks = [figures.block(caption(explanation)) { try figure.svg(using: $0) }, .table(table(explanation))]
    blocks.append(.paragraph(LimeText.surrogateLine(explanation)))
    if explanation.samples > 0 { blocks.append(.paragraph(LimeText.stabilityLine(explanation))) }
    return blocks
  }

  private func caption(_ explanation: Explanation) -> String {
    let shown =
      explanation.terms.count > Self.barLimit
      ? "The \(Self.barLimit) largest of \(explanation.terms.count) weights. " : ""
    let sides =
      explanation.class.text == nil
      ? "Bars to the right raise it, bars to the left lower it."
      : "Bars to the right speak for the class, bars to the left against it."
    return
      "\(shown)How much higher the model's \(quantity(explanation)) is, on average around this row, where the "
      + "condition holds. \(sides)"
  }

  private func quantity(_ explanation: Explanation) -> String {
    guard let name = explanation.class.text else { return target }
    return "\(body.method.explains == "margin" ? "margin" : "probability") of \(LimeText.outputName(target, name))"
  }

  private func bars(_ explanation: Explanation, row: Int) -> DivergingBars {
    let shown = explanation.terms.prefix(Self.barLimit)
    let largest = shown.map(\.weight.value.magnitude).max() ?? 0
    return DivergingBars(
      title: "Weights around row \(row)",
      axis: explanation.class.text == nil ? "weight on \(target)" : "weight on the \(quantity(explanation))",
      bars: shown.map { term in
        DivergingBars.Bar(
          label: term.condition, value: term.weight.value,
          error: term.standardError.value > 0 ? term.standardError.value : nil,
          valueText: LimeText.weight(term.weight.value, largest: largest))
      })
  }

  private func table(_ explanation: Explanation) -> Table {
    let shown = explanation.terms.prefix(Self.cellLimit)
    let isSampled = explanation.samples > 0
    let largest = shown.map(\.weight.value.magnitude).max() ?? 0
    return Table(
      caption: shown.count < explanation.terms.count
        ? "The \(shown.count) largest of \(explanation.terms.count) weights" : "The weights",
      columns: [.init("Condition"), .init("The row's value"), .init("Weight", isNumeric: true)]
        + (isSampled ? [.init("Standard error", isNumeric: true)] : []),
      rows: shown.map { term in
        [
          .init(term.condition), .init(term.value.text ?? "missing"),
          .init(
            LimeText.weight(term.weight.value, largest: largest),
            bar: largest > 0 ? term.weight.value / largest : nil),
        ] + (isSampled ? [.init(NumberText.significant(term.standardError.value, 2))] : [])
      })
  }

  private func headline(_ row: Row) -> String {
    let (against, inFavour) = row.prediction.class == nil ? ("lowers it", "raises it") : ("against", "for")
    let reasons =
      row.explanations.first?.terms.prefix(3).filter { $0.weight.value != 0 }
      .map { "\($0.condition) (\($0.weight.value < 0 ? against : inFavour))" } ?? []
    let predicted = LimeText.predicted(target, row.prediction, actual: row.actual.text)
    let sentence = "The \(body.model.kind) \(predicted)"
    return reasons.isEmpty ? sentence : "\(sentence) Main reasons: \(reasons.joined(separator: ", "))."
  }

  private func headline(_ rows: [Row]) -> String {
    "Why the \(body.model.kind) gives \(rows.count) rows of \(dataName) their \(target)."
  }

  private func alerts(_ rows: [Row]) -> [String] {
    var alerts: [String] = body.model.warning.map { [$0] } ?? []
    for row in rows {
      if let name = row.prediction.class, let actual = row.actual.text, name != actual {
        alerts.append("The prediction is not what the file says: \(actual).")
      }
      for explanation in row.explanations where explanation.rSquared.value < 0.5 {
        alerts.append(
          "The conditions explain only \(NumberText.percent(explanation.rSquared.value)) of how the model's "
            + "\(quantity(explanation)) varies around this row. Read the weights as averages, not as the model's rule.")
      }
      if row.isTrainingRow == true {
        alerts.append(
          "The model was trained on this row among others, so its prediction is better here than it would be for a new "
            + "row."
        )
      }
    }
    return alerts + (body.reading?.notes ?? [])
  }

  private func cells(_ row: Row, limit: Int = cellLimit) -> [Block] {
    guard let all = row.cells else { return [] }
    let cells = all.prefix(limit)
    return [
      .table(
        Table(
          caption: cells.count < all.count || cells.count >= Self.cellLimit
            ? "The first \(cells.count) columns" : "All columns that the model sees",
          columns: [.init("Column"), .init("Value")],
          rows: cells.map { [.init($0.column), .init($0.value.text ?? "missing")] }))
    ]
  }

  private func probabilities(_ row: Row) -> [Block] {
    guard let probabilities = row.prediction.probabilities else { return [] }
    let falling = probabilities.sorted { ($1.value.value, $0.key) < ($0.value.value, $1.key) }
    return [
      .table(
        Table(
          caption: "What the model makes of it",
          columns: [.init(target), .init("Probability", isNumeric: true)],
          rows: falling.prefix(Self.cellLimit).map {
            [.init($0.key), .init(NumberText.significant($0.value.value, 3), bar: $0.value.value)]
          }))
    ]
  }

  /// What the numbers are, in plain words.
  func methodBlocks(_ rows: [Row]) -> [Block] {
    let explanations = rows.flatMap(\.explanations)
    let first = explanations.first
    let width = NumberText.significant(first?.kernelWidth ?? body.method.kernelWidth ?? .nan, 3)
    var blocks: [Block] = [
      .paragraph(
        "LIME asks how the model's output changes when the row's values are replaced by others, drawn column by "
          + "column from the training rows. Each column is cut into bins (\(body.method.bins)); a weight says how much "
          + "higher the output is, on average, where the column's value is in the row's own bin than where it is not. "
          + "Replaced rows count the less the more of their columns differ (kernel width \(width))."),
      .paragraph(
        body.method.name == "exact"
          ? "The weights of a mean of trees have a closed form, which was used: they are what sampling would converge "
            + "to, and have no sampling error. R2 is the share of the model's variance around the row that they "
            + "explain."
          : "The weights come from \(draws(explanations)) draws around the row, so each has a standard error. R2 is "
            + "the share of the model's variance around the row that they explain."),
    ]
    if rows.count == 1, let widths = first?.kernelWidths {
      blocks.append(
        .table(
          Table(
            caption:
              "The kernel widths that were tried; the widest that explains "
              + "\(NumberText.percent(WidthSearch.adherence)) is taken, or else the one that explains most",
            columns: [.init("Kernel width", isNumeric: true), .init("R2", isNumeric: true)],
            rows: widths.map {
              [
                .init(
                  NumberText.significant($0.kernelWidth, 3) + ($0.kernelWidth == first?.kernelWidth ? ", taken" : "")),
                .init(
                  NumberText.significant($0.rSquared.value, 3), bar: $0.rSquared.value.isNaN ? nil : $0.rSquared.value),
              ]
            })))
    }
    return blocks
  }

  private func draws(_ explanations: [Explanation]) -> String {
    let counts = explanations.map(\.samples)
    guard let least = counts.min(), let most = counts.max() else { return "some" }
    return least == most ? "\(least)" : "\(least) to \(most)"
  }
}
