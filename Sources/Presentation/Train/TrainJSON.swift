public import Reports
public import Runs

/// The JSON form of a training, `xai-tab/train/1`.
public struct TrainJSON: Codable, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/train/1"
  let schema: String
  let version: String
  let seed: UInt64
  let data: DataFacts
  let reading: ReadingFacts
  let model: ModelFacts
  let path: String

  /// The object of a model that was trained and written to `path`.
  public init(_ trained: TrainedModel, _ table: LearningTable, path: String, seed: UInt64) {
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
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    Page(
      title: "A model of \(data.name)", headline: ModelText.line(model),
      alerts: (model.warning.map { [$0] } ?? []) + reading.notes,
      sections: [.model(model, target: data.target ?? "the target")],
      provenance: .provenance(
        data, reading, seed: seed, version: version, [Fact("Model", model.name), Fact("Saved as", path)]))
  }
}
