import DataFrames
import Learning
import ModelFiles
import Networks
import Tensors

extension ModelKind {
  /// Logistic regression, or ridge regression for a number.
  public static let linear = ModelKind(name: "linear")
}

/// Trains linear models.
enum LinearTrainer: ModelTrainer {
  static let kind = ModelKind.linear

  static func fit(
    _ request: ModelRequest, _ data: Dataset, layout: IDXLayout?, workers: Workers,
    using generator: inout SeededGenerator
  ) throws -> FittedModel {
    let model = try LinearModel().fit(data, workers: workers, using: &generator)
    return FittedModel(
      model: model, name: data.target.classNames == nil ? "ridge regression" : "logistic regression")
  }

  static func file(
    _ model: any Predictor, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws -> ONNXModel? {
    guard let linear = model as? LinearModel.Model else { return nil }
    return ONNXModel(linear, features: features, classNames: classNames, metadata: metadata)
  }
}
