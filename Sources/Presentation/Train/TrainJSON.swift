public import Reports
public import Runs

/// The JSON form of a training, `xai-tab/train/1`.
public struct TrainJSON: HeadedObject, Equatable {
  /// The name and version of the JSON form.
  public static let schema = "xai-tab/train/1"
  let header: TableHeader
  let body: Body

  struct Body: Codable, Equatable {
    let model: ModelFacts
    let path: String

    init(_ trained: TrainedModel, path: String) {
      model = ModelFacts(trained)
      self.path = path
    }
  }
}

extension TrainJSON {
  /// The object of a model that was trained and written to `path`.
  public init(_ trained: TrainedModel, _ table: LearningTable, path: String, seed: UInt64) {
    self.init(header: TableHeader(Self.schema, table, seed: seed), body: Body(trained, path: path))
  }
}

extension TrainJSON: PagedResult {
  /// The page of the result.
  public func page(_ figures: inout Figures) -> Page {
    Page(
      title: "A model of \(data.name)", headline: ModelText.line(body.model),
      alerts: pageAlerts(body.model),
      sections: [.model(body.model, target: data.target ?? "the target")],
      provenance: .provenance(header, body.model, [Fact("Saved as", body.path)]))
  }
}
