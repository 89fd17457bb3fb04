public import Images
import ModelFiles
public import Networks
public import Tensors

/// A network over pictures that is asked about itself, not about a picture.
public struct NetworkRun: Sendable {
  /// The path of the model's file.
  public let modelPath: String
  /// The network.
  public let network: Network
  /// How a picture becomes the input of the network.
  public let preprocessing: Preprocessing
  /// The classes' names, or their places where there are none.
  public let classNames: [String]
  /// What should be said beside the result.
  public let notes: [String]

  /// Opens the network.
  /// - Throws: what keeps it from being used.
  public init(_ options: PictureRequest, _ run: RunSettings) throws {
    guard let modelPath = options.model else {
      throw UsageError.contradiction("this needs a network: --model NETWORK.onnx")
    }
    let none = Picture(width: 1, height: 1, channels: 1, samples: [0])
    let model = try PictureModel(modelPath, picture: none, workers: run.workers)
    guard let classifier = model.classifier as? NetworkClassifier else { throw SaliencyError.needsNetwork }
    var notes: [String] = []
    let preprocessing = try ImageRun.preprocessing(model, options, notes: &notes)
    let shapes = try classifier.network.outputShapes(
      for: [1, preprocessing.channels, preprocessing.height, preprocessing.width])
    guard let shape = shapes.last, shape.count >= 2 else {
      throw ONNXError.unsupported("a network whose output is no list of classes")
    }
    self.modelPath = modelPath
    network = classifier.network
    self.preprocessing = preprocessing
    classNames = try ImageRun.names(model, options, besides: nil, count: shape[1])
    self.notes = notes
  }

  /// What is to be made large, and its name.
  /// - Throws: `UsageError` for a class or a layer that there is not.
  public func objective(
    className: String?, layer: String?, channel: Int
  ) throws -> (objective: ActivationMaximization.Objective, name: String) {
    if let className {
      let place = try ImageRun.place(of: className, in: classNames)
      return (.logit(place), "class \"\(classNames[place])\"")
    }
    let node = try ImageRun.node(layer ?? "", of: network)
    return (.channel(channel, node: node), "channel \(channel) of layer \"\(layer ?? "")\"")
  }

  /// The likeliest class of a picture, and its probability.
  public func verdict(_ picture: Picture, workers: Workers) -> (name: String, probability: Double) {
    let input = preprocessing.tensor(preprocessing.fit(picture))
    let chances = NetworkClassifier(network).probabilities(of: input, workers: workers).elements
    let best = chances.indices.max { chances[$0] < chances[$1] } ?? 0
    return (classNames[best], chances[best])
  }
}
