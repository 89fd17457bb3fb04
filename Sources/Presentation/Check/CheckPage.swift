public import Reports

extension CheckJSON: PagedResult {
  private static let ruleLimit = 1000

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = CheckText(result: self)
    let shown = body.rules.prefix(Self.ruleLimit)
    var sections = [
      Section(
        heading: "The rules", id: "rules",
        blocks: [
          .table(
            Table(
              caption: "Each rule with the rows that it decides"
                + (shown.count < body.rules.count ? ", the first \(shown.count) of \(body.rules.count)" : ""),
              columns: [
                .init("Rule", isNumeric: true), .init("If ... then"), .init("Decides", isNumeric: true),
                .init(body.model == nil ? "Right" : "As the model", isNumeric: true),
              ],
              rows: shown.enumerated().map { index, rule in
                let share = rule.decided == 0 ? nil : Double(rule.right) / Double(rule.decided)
                return [
                  .init("\(index + 1)"), .init(rule.text), .init("\(rule.decided)"), .init("\(rule.right)", bar: share),
                ]
              }))
        ]),
      Section(
        heading: "All rows", id: "figures",
        blocks: (text.summary(body.metrics) + text.lists + text.against).map { .paragraph($0 + ".") }),
    ]
    if let model = body.model { sections.append(.model(model, target: data.target ?? "")) }
    return Page(
      title: "Rules of \(body.path) on \(data.name)",
      headline: text.headline + ". " + text.summary(body.metrics).prefix(1).map { $0 + "." }.joined(),
      alerts: pageAlerts(body.model, body.warnings),
      sections: sections,
      provenance: .provenance(header, body.model, [Fact("Rules", body.path)]))
  }
}
