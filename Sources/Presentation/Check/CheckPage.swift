public import Reports

extension CheckJSON: PagedResult {
  private static let ruleLimit = 1000

  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let text = CheckText(result: self)
    let shown = rules.prefix(Self.ruleLimit)
    var sections = [
      Section(
        heading: "The rules", id: "rules",
        blocks: [
          .table(
            Table(
              caption: "Each rule with the rows that it decides"
                + (shown.count < rules.count ? ", the first \(shown.count) of \(rules.count)" : ""),
              columns: [
                .init("Rule", isNumeric: true), .init("If ... then"), .init("Decides", isNumeric: true),
                .init(model == nil ? "Right" : "As the model", isNumeric: true),
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
        blocks: (text.summary(metrics) + text.lists + text.against).map { .paragraph($0 + ".") }),
    ]
    if let model { sections.append(.model(model, target: data.target ?? "")) }
    return Page(
      title: "Rules of \(path) on \(data.name)",
      headline: text.headline + ". " + text.summary(metrics).prefix(1).map { $0 + "." }.joined(),
      alerts: (model?.warning.map { [$0] } ?? []) + warnings.map { $0 + "." } + reading.notes, sections: sections,
      provenance: .provenance(
        data, reading, seed: seed, version: version,
        (model.map { [Fact("Model", $0.name)] } ?? []) + [Fact("Rules", path)]))
  }
}
