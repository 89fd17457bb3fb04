public import Learning
public import Tensors

/// Fully connected networks, trained by gradient descent over mini-batches with early stopping.
///
/// A part of the rows is set aside; training ends when the loss on it has not fallen for `patience` epochs, and the
/// weights of the best epoch are kept. The loss is the cross-entropy of the softmax, or half the squared error of the
/// standardised number, plus `weightDecay` / (2 · batch size) · ‖W‖², as in scikit-learn's `MLPClassifier`.
public struct NeuralNetwork: Estimator, Equatable {
  /// The numbers of units of the hidden layers.
  public var hidden: [Int]
  /// What follows each hidden layer.
  public var activation: Activation
  /// The most passes over the training rows.
  public var epochs: Int
  /// The rows of a mini-batch; nil: a fortieth of the training rows, but 16 to 256.
  public var batchSize: Int?
  /// The size of a step.
  public var learningRate: Double
  /// The strength α of the penalty on the squares of the weights, biases excepted.
  public var weightDecay: Double
  /// The epochs without progress on the validation rows after which training ends.
  public var patience: Int
  /// The share of the rows that is set aside to tell when to stop; 0, or less than `leastValidation` rows: none, all
  /// epochs are run.
  public var validationShare: Double
  /// The fewest rows whose loss can tell when to stop: the loss on a handful is mostly chance.
  public static let leastValidation = 10
  /// How the weights follow the gradient.
  public var optimizer: Optimizer

  /// A network of the given shape and training.
  public init(
    hidden: [Int] = [64, 64], activation: Activation = .relu, epochs: Int = 200, batchSize: Int? = nil,
    learningRate: Double = 1e-3, weightDecay: Double = 1e-4, patience: Int = 20, validationShare: Double = 0.1,
    optimizer: Optimizer = .adam
  ) {
    precondition(
      hidden.allSatisfy { $0 >= 1 } && epochs >= 1 && batchSize ?? 1 >= 1 && learningRate > 0 && weightDecay >= 0
        && patience >= 1 && 0..<1 ~= validationShare, "NeuralNetwork: impossible settings")
    self.hidden = hidden
    self.activation = activation
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.patience = patience
    self.validationShare = validationShare
    self.optimizer = optimizer
  }

  /// A trained network that takes the user's columns.
  public struct Model: Predictor {
    /// The way from the user's columns to the network's inputs.
    public let encoding: InputEncoding
    /// The network, from encoded inputs `[batch, inputs]` to logits or a standardised number, `[batch, outputs]`.
    public let network: Network
    /// The way from the network's outputs to predictions.
    public let target: TargetEncoding
    /// The course of the training.
    public let history: TrainingHistory

    /// One column a class, or 1.
    public var outputs: Int { target.outputs }

    /// Class probabilities or numbers.
    public func predict(_ rows: Matrix, workers: Workers) -> Matrix {
      let blocks = Workers.ranges(rows.rows, size: Training.blockSize)
      let parts = workers.map(count: blocks.count) { index in
        let block = blocks[index]
        let inputs = Tensor(shape: [block.count, encoding.inputs.count]) { buffer in
          encoding.encode(rows, block, into: buffer)
        }
        var values = network.forward(inputs).output.elements.map { Double($0) }
        for row in 0..<block.count { target.decode(&values[row * outputs..<(row + 1) * outputs]) }
        return values
      }
      return Matrix(rows: rows.rows, columns: outputs, elements: parts.flatMap { $0 })
    }
  }

  /// Trains a network on the rows of `data`.
  /// - Throws: `FitError` for infinite values, for no rows, and where the weights leave the range of numbers.
  /// - Complexity: O(epochs · n · weights); memory for one `Float` an input and row.
  public func fit(
    _ data: Dataset, workers: Workers, using generator: inout some RandomNumberGenerator
  ) throws -> Model {
    let target = try TargetEncoding(data.target)
    let encoding = try InputEncoding(data.features, rows: data.rows, workers: workers)
    let isEnough = validationShare * Double(data.count) >= Double(Self.leastValidation)
    let split = HoldOut(data.target, fraction: isEnough ? validationShare : 0, using: &generator)
    var network = Network(
      widths: [encoding.inputs.count] + hidden + [target.outputs], activation: activation, using: &generator)
    let training = Training(
      settings: self,
      inputs: Tensor(shape: [data.count, encoding.inputs.count]) { buffer in
        encoding.encode(data.rows, 0..<data.count, into: buffer)
      },
      targets: Tensor(shape: [data.count, target.outputs], elements: target.encode(data.target)),
      loss: data.target.classNames == nil ? .squaredError : .crossEntropy,
      workers: workers)
    let history = try training.run(
      &network, training: split.training, validation: split.heldOut, using: &generator)
    return Model(encoding: encoding, network: network, target: target, history: history)
  }
}
