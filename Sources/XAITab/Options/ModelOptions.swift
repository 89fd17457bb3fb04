import ArgumentParser
import DataFrames
import Learning
import Networks
import Tensors
import Trees

/// Which model is trained, and on which share of the rows.
struct ModelOptions: ParsableArguments {
  /// The kinds of models: those that are trained on the spot, a file, and programs that are asked.
  enum Kind: String, CaseIterable {
    case forest
    case network
    case linear
    case convolutional = "cnn"
    case file
    case command
    case stream

    /// Whether a model of this kind is trained on the spot.
    var isTrained: Bool { self != .file && self != .command && self != .stream }
  }

  @Option(
    help: ArgumentHelp(
      "The model: forest, network, linear, cnn (of pictures), a FILE.onnx, 'command:PROGRAM ARGS' or 'stream:PROGRAM ARGS'.",
      valueName: "model"))
  var model: ModelChoice?

  @Option(help: ArgumentHelp("How long a program may take for an answer.", valueName: "seconds"))
  var modelTimeout = 60.0

  @Option(help: "The number of trees of a forest.")
  var trees = 100

  @Option(help: ArgumentHelp("The greatest depth of a tree.", valueName: "depth"))
  var maxDepth: Int?

  @Option(help: ArgumentHelp("The least number of rows in a leaf.", valueName: "rows"))
  var minSamplesLeaf = 1

  @Option(help: ArgumentHelp("The numbers of units of a network's hidden layers.", valueName: "numbers"))
  var hidden = LayerSizes(sizes: [64, 64])

  @Option(
    help: ArgumentHelp("The most passes of a network's training over the rows; 200, for cnn 6.", valueName: "number"))
  var epochs: Int?

  @Option(help: ArgumentHelp("The share of the rows to hold out and measure the model on.", valueName: "share"))
  var testFraction = 0.2

  func validate() throws {
    if !(modelTimeout > 0 && modelTimeout <= 1e6) { throw ValidationError("--model-timeout is above 0.") }
    if trees < 1 { throw ValidationError("--trees is at least 1.") }
    if let maxDepth, maxDepth < 1 { throw ValidationError("--max-depth is at least 1.") }
    if minSamplesLeaf < 1 { throw ValidationError("--min-samples-leaf is at least 1.") }
    if let epochs, epochs < 1 { throw ValidationError("--epochs is at least 1.") }
    if !(testFraction >= 0 && testFraction < 1) {
      throw ValidationError("--test-fraction is at least 0 and less than 1.")
    }
  }

  /// The model of a command that needs one.
  var kind: Kind { model?.kind ?? .forest }

  var forest: RandomForest {
    RandomForest(trees: trees, maximumDepth: maxDepth, minimumSamplesLeaf: minSamplesLeaf)
  }

  var network: NeuralNetwork { NeuralNetwork(hidden: hidden.sizes, epochs: epochs ?? 200) }

  /// The convolutional network for the features of pictures.
  /// - Throws: `UsageError.contradiction` for a table of other things, and for pictures of less than 4 x 4 pixels.
  func convolutional(_ features: [Feature], layout: IDXLayout?) throws -> ConvolutionalNetwork {
    guard let layout, min(layout.height, layout.width) >= 4 else {
      throw UsageError.contradiction("--model cnn needs pictures of 4 x 4 pixels or more, an IDX file")
    }
    let pixels = try Self.pixels(features, layout: layout)
    var network = ConvolutionalNetwork(height: layout.height, width: layout.width, pixels: pixels)
    if let epochs { network.training.epochs = epochs }
    return network
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

  /// Trains a model of the chosen kind, as the first one is trained, on other data.
  /// - Throws: what keeps the data from being learned from, and `UsageError` for a model that is not trained here.
  func fit(_ data: Dataset, seed: UInt64, workers: Workers) throws -> any Predictor {
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    switch kind {
    case .forest: return forest.fit(data, workers: workers, using: &generator)
    case .network: return try network.fit(data, workers: workers, using: &generator)
    case .linear: return try LinearModel().fit(data, workers: workers, using: &generator)
    case .convolutional, .file, .command, .stream:
      throw UsageError.contradiction(
        "a model that is there already, and one of pictures, cannot be trained again without a column")
    }
  }
}

/// The numbers of units of hidden layers, such as `64,64`.
struct LayerSizes: ExpressibleByArgument, Equatable, CustomStringConvertible {
  let sizes: [Int]

  init(sizes: [Int]) {
    self.sizes = sizes
  }

  init?(argument: String) {
    let sizes = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard sizes.allSatisfy({ (1...100_000).contains($0) }) else { return nil }
    self.sizes = sizes
  }

  var description: String { sizes.map { "\($0)" }.joined(separator: ",") }
}
