import DataFrames
import Learning
import ModelFiles
import Networks
import Tensors

extension ModelKind {
  /// A convolutional network over pictures.
  public static let convolutional = ModelKind(name: "cnn")
}

/// Trains convolutional networks over pictures.
enum ConvolutionalTrainer: ModelTrainer {
  static let kind = ModelKind.convolutional
  static let takesAnyColumns = false
  static let remark = " (of pictures)"

  static func fit(
    _ request: ModelRequest, _ data: Dataset, layout: IDXLayout?, workers: Workers,
    using generator: inout SeededGenerator
  ) throws -> FittedModel {
    guard let layout, min(layout.height, layout.width) >= 4 else {
      throw UsageError.contradiction("--model cnn needs pictures of 4 x 4 pixels or more, an IDX file")
    }
    var network = ConvolutionalNetwork(
      height: layout.height, width: layout.width, pixels: try pixels(data.features, layout: layout))
    if let epochs = request.epochs { network.training.epochs = epochs }
    let channels = network.channels.map { "\($0)" }.joined(separator: " and ")
    return FittedModel(
      model: try network.fit(data, workers: workers, using: &generator),
      name: "convolutional network of \(channels) channels")
  }

  /// The place in a picture of each feature.
  /// - Throws: `UsageError.contradiction` for a feature that is no pixel.
  static func pixels(_ features: [Feature], layout: IDXLayout) throws -> [Int] {
    let names = IDXReader.columnNames(height: layout.height, width: layout.width)
    let places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    return try features.map { feature in
      guard let place = places[feature.name] else {
        throw UsageError.contradiction("a network over pictures takes pixels alone, and \"\(feature.name)\" is none")
      }
      return place
    }
  }

  static func file(
    _ model: any Predictor, features: [Feature], classNames: [String]?, metadata: [String: String]
  ) throws -> ONNXModel? {
    guard let pictures = model as? ConvolutionalNetwork.Model else { return nil }
    return try ONNXModel(pictures, classNames: classNames ?? [], metadata: metadata)
  }
}
