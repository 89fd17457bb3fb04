public import Tensors

/// A fitted model, seen as a black box: rows in, predictions out.
public protocol Predictor: Sendable {
  /// The number of columns of a prediction: one a class, in the order of the target's class names, or 1 for a number.
  var outputs: Int { get }

  /// The predictions for a batch of rows.
  ///
  /// A row's prediction does not depend on the other rows of the batch nor on the number of workers.
  /// - Parameters:
  ///   - rows: `[n, features]` in the user's columns: numbers, indices of categories, NaN where a cell is missing.
  ///   - workers: the threads that may share the work.
  /// - Returns: `[n, outputs]`: class probabilities, each row summing to 1, or the predicted number.
  /// - Throws: what keeps the model from answering, such as an external program that failed.
  func predict(_ rows: Matrix, workers: Workers) throws -> Matrix
}

/// A way to learn: hyper-parameters with defaults, whose `fit` gives a model of another type.
public protocol Estimator: Sendable {
  /// The type of the fitted model.
  associatedtype Model: Predictor

  /// Learns from all rows of `data`, whose targets are all known.
  /// - Throws: what keeps the data from being learned from.
  func fit(_ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator) throws -> Model
}
