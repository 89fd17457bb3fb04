import Learning
import Tensors

/// Which model is wanted, and what is asked of it.
public struct ModelRequest: Sendable {
  /// The kind.
  public var kind: ModelKind
  /// The path of a file, or a program and its arguments as a shell would have them; empty for what is trained.
  public var argument: String
  /// The seconds that a program may take for an answer.
  public var timeout = 60.0
  /// The number of trees of a forest.
  public var trees = 100
  /// The greatest depth of a tree; nil: any.
  public var maximumDepth: Int?
  /// The least number of rows in a leaf.
  public var minimumSamplesLeaf = 1
  /// The numbers of units of a network's hidden layers.
  public var hidden = [64, 64]
  /// The most passes of a network's training over the rows; nil: what is usual for the kind.
  public var epochs: Int?
  /// The share of the rows that is held out to measure the model on.
  public var testFraction = 0.2

  /// A model of a kind.
  public init(_ kind: ModelKind = .forest, argument: String = "") {
    self.kind = kind
    self.argument = argument
  }

  /// Trains a model of the kind on other data, as the first one was trained.
  /// - Throws: `FitError` where the data cannot be learned from, and `UsageError` for a model that is not trained here.
  func fit(_ data: Dataset, seed: UInt64, workers: Workers) throws -> any Predictor {
    guard let trainer = kind.trainer, trainer.takesAnyColumns else {
      throw UsageError.contradiction(
        "a model that is there already, and one of pictures, cannot be trained again without a column")
    }
    var generator = SeededGenerator(seed: seed, purpose: .tree)
    return try trainer.fit(self, data, layout: nil, workers: workers, using: &generator).model
  }
}
