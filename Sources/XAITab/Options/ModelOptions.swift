import ArgumentParser
import Runs

/// Which model is trained, and on which share of the rows.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model: \(ModelKind.trainedNames.joined(separator: ", ")), a FILE.onnx, 'command:PROGRAM ARGS' or "
        + "'stream:PROGRAM ARGS'.", valueName: "model"))
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
  var kind: ModelKind { model?.kind ?? .forest }

  /// The model that is wanted.
  var request: ModelRequest { request(kind) }

  /// The model that is wanted where none is named but one of a kind is needed.
  func request(_ kind: ModelKind) -> ModelRequest {
    var request = ModelRequest(kind, argument: model?.argument ?? "")
    request.timeout = modelTimeout
    request.trees = trees
    request.maximumDepth = maxDepth
    request.minimumSamplesLeaf = minSamplesLeaf
    request.hidden = hidden.sizes
    request.epochs = epochs
    request.testFraction = testFraction
    return request
  }

  /// The model of a command that can do without one.
  var requestIfNamed: ModelRequest? { model == nil ? nil : request }
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
