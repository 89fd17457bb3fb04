import DataFrames
import Learning
import ModelFiles
import Networks
import Tensors

extension ModelKind {
  /// A fully connected network.
  public static let network = ModelKind(name: "network")
}

/// Trains fully connected networks.
enum NetworkTrainer: ModelTrainer {
  static let kind = ModelKind.network
  static let hasHiddenLayers = true

  static func fit(
    _ request: ModelRequest, _ data: Dataset, layout: IDXLayout?, workers: Workers,
    using generator: inout SeededGenerator
  ) throws -> FittedModel {
    let network = try NeuralNetwork(hidden: request.hidden, epochs: request.epochs ?? 200).fit(
      data, workers: workers, using: &generator)
    let layers = ["\(network.encoding.inputs.count)"] + request.hidden.map { "\($0)" } + ["\(network.outputs)"]
    return FittedModel(model: network, name: "network of \(layers.joined(separator: "-")) units")
  }

  static func file(
    _ model: any Predictor, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws -> ONNXModel? {
    guard let network = model as? NeuralNetwork.Model else { return nil }
    return try ONNXModel(network, features: features, classNames: classNames, metadata: metadata)
  }
}
