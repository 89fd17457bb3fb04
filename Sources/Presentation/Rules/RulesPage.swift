public import Reports
import Rules

extension RulesJSON: PagedResult {
  /// The most rules that a page lists.
  private static let ruleLimit = 500

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = RulesText(result: self)
    var sections = [
      Section(heading: "The rules", id: "rules", blocks: ruleBlocks()),
      Section(
        heading: "How well they follow", id: "figures", blocks: text.figures.map { .paragraph($0 + ".") }),
      Section(
        heading: "The rules as text", id: "text",
        blocks: [.preformatted(written.map { RuleText.print($0) } ?? "")]),
    ]
    if let model = body.model { sections.append(.model(model, target: data.target ?? "")) }
    return Page(
      title: "Rules for \(data.target ?? "the target")", headline: text.headline + ".",
      alerts: text.figures.prefix(1).map { $0 + "." } + pageAlerts(body.model, body.warnings),
      sections: sections,
      provenance: .provenance(header, body.model, [Fact("Method", body.method)]))
  }

  /// What is wrong with a result that was read; nil where nothing is.
  public var problem: String? {
    if written == nil { return "the rules are not in a form that can be read" }
    return body.decisions.count == body.rules.count
      ? nil : "there are \(body.rules.count) rules and the decisions of \(body.decisions.count)"
  }

  /// Each rule with its support, its precision on other rows and a row that it decides.
  func ruleBlocks(limit: Int = ruleLimit) -> [Block] {
    guard let written else { return [] }
    let isFirstMatch = written.semantics == .firstMatch
    let shown = zip(written.rules, body.decisions).enumerated().prefix(limit)
    let cells = shown.map { index, item -> [Table.Cell] in
      let (rule, decisions) = item
      let precision = Double(decisions.right) / Double(max(1, decisions.decided))
      return [
        .init("\(index + 1)"),
        .init("IF \(RuleText.conditions(rule)) THEN \(RuleText.quoted(rule.then))"),
        .init(NumberText.significant(rule.support, 15)), .init("\(decisions.decided)"),
        decisions.decided == 0 ? .init("") : .init(NumberText.percent(precision), bar: precision),
        .init(decisions.example.map { Self.text($0) } ?? ""),
      ]
    }
    let kind = body.metrics.kind
    let cut = cells.count < body.rules.count ? " (the first \(cells.count) of \(body.rules.count) rules)" : ""
    return [
      .table(
        Table(
          caption: isFirstMatch
            ? "The first rule that fires decides; where none does, the class is \(written.defaultClass)\(cut)"
            : "Each rule that fires votes; where none does, the class is \(written.defaultClass)\(cut)",
          columns: [
            .init("Rule", isNumeric: true), .init("If ... then"), .init("Support", isNumeric: true),
            .init("Decides, \(kind)", isNumeric: true),
            .init(body.model == nil ? "Right" : "As the model", isNumeric: true), .init("Example"),
          ], rows: cells)),
      .paragraph(
        "Support: training rows for which the rule fires. Decides: \(kind) rows that it decides, and how often "
          + (body.model == nil ? "it is right." : "as the model does.")),
    ]
  }

  private static func text(_ example: Example) -> String {
    let cells = example.cells.map { "\($0.column) \($0.value.text ?? "missing")" }
    return "row \(example.row): \(cells.joined(separator: ", "))"
  }
}
