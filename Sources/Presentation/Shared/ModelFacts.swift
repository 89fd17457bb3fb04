import Learning
import Runs

/// What every object says of the model.
struct ModelFacts: Codable, Equatable, Sendable {
  let kind: String
  let name: String
  /// nil where it is not known.
  let trainingRows: Int?
  let heldOutRows: Int?
  let heldOut: [String: JSONNumber]
  let onTraining: [String: JSONNumber]
  /// nil where the model has none.
  let outOfBag: [String: JSONNumber]?
  /// What a reader must know before anything else, if the model is no good.
  let warning: String?

  init(_ trained: TrainedModel) {
    kind = trained.kind.name
    name = trained.name
    trainingRows = trained.counts?.training
    heldOutRows = trained.counts?.heldOut
    heldOut = Self.dictionary(trained.heldOut)
    onTraining = Self.dictionary(trained.onTraining)
    outOfBag = trained.outOfBag.isEmpty ? nil : Self.dictionary(trained.outOfBag)
    warning = trained.warning
  }

  static func dictionary(_ metrics: [Metric]) -> [String: JSONNumber] {
    Dictionary(metrics.map { ($0.name, JSONNumber($0.value)) }) { first, _ in first }
  }

  /// Figures in the order in which they are told; those of unknown names come last.
  static func metrics(_ figures: [String: JSONNumber]) -> [Metric] {
    let order = Score.all.map(\.name)
    let names = order.filter { figures[$0] != nil } + figures.keys.filter { !order.contains($0) }.sorted()
    return names.map { Metric(name: $0, value: figures[$0]?.value ?? .nan) }
  }
}
