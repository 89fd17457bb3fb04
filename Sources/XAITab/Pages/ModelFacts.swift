import Learning

/// What every object says of the model.
struct ModelFacts: Encodable {
  let kind: String
  let name: String
  /// nil where it is not known.
  let trainingRows: Int?
  let heldOutRows: Int?
  let heldOut: [String: JSONNumber]
  let onTraining: [String: JSONNumber]
  /// nil where the model has none.
  let outOfBag: [String: JSONNumber]?

  init(_ trained: TrainedModel) {
    kind = trained.kind.rawValue
    name = trained.name
    trainingRows = trained.counts?.training
    heldOutRows = trained.counts?.heldOut
    heldOut = Self.dictionary(trained.heldOut)
    onTraining = Self.dictionary(trained.onTraining)
    outOfBag = trained.outOfBag.isEmpty ? nil : Self.dictionary(trained.outOfBag)
  }

  private static func dictionary(_ metrics: [Metric]) -> [String: JSONNumber] {
    Dictionary(metrics.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }
  }
}
