import Learning
public import Reports

extension EvaluationJSON: PagedResult {
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    let target = data.target ?? "the target"
    let told = ModelFacts.metrics(metrics).prefix(2).map {
      "\(MetricText.name($0.name)) \(NumberText.significant($0.value, 3))"
    }
    return Page(
      title: "How good \(model.name) is on \(data.name)",
      headline: "On \(rows) rows with a known \(target): \(told.joined(separator: ", ")).",
      alerts: (model.warning.map { [$0] } ?? []) + reading.notes,
      sections: [
        Section(
          heading: "The figures", id: "figures",
          blocks: [
            .table(
              Table(
                caption: "On \(rows) rows of \(data.name)",
                columns: [.init("Figure"), .init("Value", isNumeric: true)],
                rows: ModelFacts.metrics(metrics).map {
                  [.init(MetricText.name($0.name)), .init(NumberText.significant($0.value, 4))]
                }))
          ]),
        .model(model, target: target),
      ],
      provenance: .provenance(data, reading, seed: seed, version: version, [Fact("Model", model.name)]))
  }
}
