public import Tensors

/// A model whose hidden layers can be looked at, from the input on: each is computed from the one before.
public protocol LayeredModel: Predictor {
  /// The number of hidden layers.
  var hiddenLayerCount: Int { get }

  /// What the units of each hidden layer put out for rows `[n, features]`: for each layer `[n, units]`.
  /// - Throws: what keeps the model from answering.
  func hiddenActivations(_ rows: Matrix, workers: Workers) throws -> [Matrix]
}
