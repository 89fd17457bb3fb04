import DataFrames
import FoundationEssentials
import Learning
public import ModelFiles
import Surrogates

/// A trained model as a file, with what explanations need of its training.
public struct TrainedFile {
  /// The model to write.
  public let model: ONNXModel

  /// The most columns for which the bins of all rules are kept; beyond, those of the quartiles alone.
  public static let allBinningsLimit = 2000

  /// The file of a model that was trained on rows of a table.
  /// - Throws: `ONNXError` for what no file can hold.
  public init(_ trained: TrainedModel, _ table: LearningTable, target: TargetRequest, seed: UInt64) throws {
    let features = table.encoding.features
    guard let trainer = trained.kind.trainer else {
      throw ONNXError.unsupported("a \(trained.name) cannot be saved")
    }
    var metadata = try Self.card(trained, table, target: target, seed: seed).metadata()
    // Pictures are not explained column by column.
    if trainer.takesAnyColumns {
      var binnings: [Binning] = [.quartile]
      if features.count <= Self.allBinningsLimit {
        binnings += [.decile, .entropy]
        if let ensemble = trained.ensemble { binnings.append(.tree(ensemble)) }
      }
      let statistics = ColumnStatistics(binnings.map { Discretizer(trained.training, binning: $0) })
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      metadata[OpenedModel.statisticsKey] = String(decoding: try encoder.encode(statistics), as: UTF8.self)
    }
    let file = try trainer.file(
      trained.model, features: features, classNames: table.target.classNames, metadata: metadata)
    guard let file else { throw ONNXError.unsupported("a \(trained.name) cannot be saved") }
    model = file
  }

  private static func card(
    _ trained: TrainedModel, _ table: LearningTable, target: TargetRequest, seed: UInt64
  ) -> ModelCard {
    func figures(_ metrics: [Metric]) -> [ModelCard.Figure] {
      metrics.map { ModelCard.Figure(name: $0.name, value: $0.value) }
    }
    let names = table.target.classNames
    // The names of two classes made of a number end with the bound between them.
    var above: Double?
    switch target.options.above {
    case .number(let bound)?: above = bound
    case .mean?: above = names?.last.flatMap { Double($0.dropFirst("above ".count)) }
    case nil: above = nil
    }
    let accuracy = trained.commonestClassAccuracy
    return ModelCard(
      columns: table.encoding.features.map { feature in
        if case .category(let levels) = feature.kind { return ModelCard.Column(name: feature.name, levels: levels) }
        return ModelCard.Column(name: feature.name, levels: nil)
      },
      target: ModelCard.Goal(
        name: table.targetName, classes: names, positive: target.options.positive.flatMap { _ in names?.last },
        above: above),
      training: ModelCard.Training(
        kind: trained.kind.name, name: trained.name, version: Release.version, seed: seed,
        sha256: table.source.sha256, rows: trained.split.training.count, heldOutRows: trained.split.heldOut.count,
        heldOut: figures(trained.heldOut), onTraining: figures(trained.onTraining),
        outOfBag: figures(trained.outOfBag), commonestClassAccuracy: accuracy.isFinite ? accuracy : nil))
  }
}
