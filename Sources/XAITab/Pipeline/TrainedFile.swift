import DataFrames
import FoundationEssentials
import Learning
import ModelFiles
import Networks
import Surrogates
import Trees

/// A trained model as a file, with what explanations need of its training.
struct TrainedFile {
  /// The model to write.
  let model: ONNXModel

  /// The most columns for which the bins of all rules are kept; beyond, those of the quartiles alone.
  static let allBinningsLimit = 2000

  /// The file of a model that was trained on rows of a table.
  /// - Throws: `ONNXError` for what no file can hold.
  init(_ trained: TrainedModel, _ table: LearningTable, target: TargetArguments, seed: UInt64) throws {
    let features = table.encoding.features
    let names = table.target.classNames
    var metadata = try Self.card(trained, table, target: target, seed: seed).metadata()
    if trained.model is ConvolutionalNetwork.Model {
      // Pictures are not explained column by column.
      model = try Self.pictureModel(trained, names: names, metadata: metadata)
      return
    }
    var binnings: [Binning] = [.quartile]
    if features.count <= Self.allBinningsLimit {
      binnings += [.decile, .entropy]
      if let ensemble = trained.ensemble { binnings.append(.tree(ensemble)) }
    }
    let statistics = ColumnStatistics(binnings.map { Discretizer(trained.training, binning: $0) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    metadata[OpenedModel.statisticsKey] = String(decoding: try encoder.encode(statistics), as: UTF8.self)
    switch trained.model {
    case let forest as RandomForest.Model:
      model = try ONNXModel(forest.ensemble, features: features, classNames: names, metadata: metadata)
    case let network as NeuralNetwork.Model:
      model = try ONNXModel(network, features: features, classNames: names, metadata: metadata)
    case let linear as LinearModel.Model:
      model = ONNXModel(linear, features: features, classNames: names, metadata: metadata)
    default: throw ONNXError.unsupported("a \(trained.name) cannot be saved")
    }
  }

  private static func pictureModel(
    _ trained: TrainedModel, names: [String]?, metadata: [String: String]
  ) throws -> ONNXModel {
    guard let pictures = trained.model as? ConvolutionalNetwork.Model else {
      throw ONNXError.unsupported("a \(trained.name) cannot be saved")
    }
    return try ONNXModel(pictures, classNames: names ?? [], metadata: metadata)
  }

  private static func card(
    _ trained: TrainedModel, _ table: LearningTable, target: TargetArguments, seed: UInt64
  ) -> ModelCard {
    func figures(_ metrics: [Metric]) -> [ModelCard.Figure] {
      metrics.map { ModelCard.Figure(name: $0.name, value: $0.value) }
    }
    let names = table.target.classNames
    // The names of two classes made of a number end with the bound between them.
    var above: Double?
    switch target.above?.bound {
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
        name: table.targetName, classes: names, positive: target.positive.flatMap { _ in names?.last }, above: above),
      training: ModelCard.Training(
        kind: trained.kind.rawValue, name: trained.name, version: Provenance.version, seed: seed,
        sha256: table.source.sha256, rows: trained.split.training.count, heldOutRows: trained.split.heldOut.count,
        heldOut: figures(trained.heldOut), onTraining: figures(trained.onTraining),
        outOfBag: figures(trained.outOfBag), commonestClassAccuracy: accuracy.isFinite ? accuracy : nil))
  }
}
