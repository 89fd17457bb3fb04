import Learning
public import Reports

extension EvaluationJSON: PagedResult {
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let target = data.target ?? "the target"
    let told = ModelFacts.metrics(body.metrics).prefix(2).map {
      "\(MetricText.name($0.name)) \(NumberText.significant($0.value, 3))"
    }
    return Page(
      title: "How good \(body.model.name) is on \(data.name)",
      headline: "On \(body.rows) rows with a known \(target): \(told.joined(separator: ", ")).",
      alerts: pageAlerts(body.model),
      sections: [
        Section(
          heading: "The figures", id: "figures",
          blocks: [
            .table(Table(caption: "On \(body.rows) rows of \(data.name)", metrics: body.metrics, digits: 4))
          ]),
        .model(body.model, target: target),
      ],
      provenance: .provenance(header, body.model))
  }
}
