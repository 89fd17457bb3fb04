import DataFrames
import Learning
import ModelFiles
import Tensors
import Trees

extension ModelKind {
  /// A random forest.
  public static let forest = ModelKind(name: "forest")
}

/// Trains random forests.
enum ForestTrainer: ModelTrainer {
  static let kind = ModelKind.forest
  static let comparesFloats = true
  static let growsTrees = true

  static func fit(
    _ request: ModelRequest, _ data: Dataset, layout: IDXLayout?, workers: Workers,
    using generator: inout SeededGenerator
  ) throws -> FittedModel {
    let forest = RandomForest(
      trees: request.trees, maximumDepth: request.maximumDepth, minimumSamplesLeaf: request.minimumSamplesLeaf
    ).fit(data, workers: workers, using: &generator)
    return FittedModel(
      model: forest, name: "forest of \(Plural.text(request.trees, "tree", "trees"))", ensemble: forest.ensemble,
      drawn: forest.isDrawn, outOfBag: forest.outOfBag)
  }

  static func file(
    _ model: any Predictor, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws -> ONNXModel? {
    guard let forest = model as? RandomForest.Model else { return nil }
    return try ONNXModel(forest.ensemble, features: features, classNames: classNames, metadata: metadata)
  }
}
