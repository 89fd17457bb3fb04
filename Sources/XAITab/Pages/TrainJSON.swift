import Reports

/// The JSON form of a training, `xai-tab/train/1`.
struct TrainJSON: Codable, Equatable {
  static let schema = "xai-tab/train/1"
  let schema: String
  let version: String
  let seed: UInt64
  let data: DataFacts
  let reading: ReadingFacts
  let model: ModelFacts
  let path: String

  init(_ trained: TrainedModel, _ table: LearningTable, path: String, seed: UInt64) {
    schema = Self.schema
    version = Provenance.version
    self.seed = seed
    data = DataFacts(table.source, target: table.targetName)
    reading = ReadingFacts(table)
    model = ModelFacts(trained)
    self.path = path
  }
}

extension TrainJSON: PagedResult {
  func page(_ figures: inout Figures) -> Page {
    Page(
      title: "A model of \(data.name)", headline: LimeText.modelLine(model),
      alerts: (model.warning.map { [$0] } ?? []) + reading.notes,
      sections: [.model(model, target: data.target ?? "the target")],
      provenance: .provenance(
        data, reading, seed: seed, version: version, [Fact("Model", model.name), Fact("Saved as", path)]))
  }
}
