public import Networks
public import Tensors

/// What a method explains: a model's answer to one picture.
public struct Subject: Sendable {
  /// The model.
  public let model: any PictureClassifier
  /// The picture, `[1, channels, height, width]`.
  public let input: Tensor
  /// The class, as its place among the model's outputs.
  public let target: Int
  /// The least and the largest number that each channel of an input can hold; nil where that is not known.
  public let bounds: (lower: [Float], upper: [Float])?
  /// The threads that share the work.
  public let workers: Workers
  /// How long the work may take.
  public var budget: Budget

  /// A model's answer to one picture, whose shape the model can take.
  public init(
    model: any PictureClassifier, input: Tensor, target: Int, bounds: (lower: [Float], upper: [Float])? = nil,
    workers: Workers = .one, budget: Budget = .unlimited
  ) {
    precondition(input.shape.count == 4 && input.shape[0] == 1, "Subject: input \(input.shape)")
    self.model = model
    self.input = input
    self.target = target
    self.bounds = bounds
    self.workers = workers
    self.budget = budget
  }

  /// A network's output for one picture, whose shape the network can take.
  public init(
    network: Network, input: Tensor, target: Int, bounds: (lower: [Float], upper: [Float])? = nil,
    workers: Workers = .one, budget: Budget = .unlimited
  ) {
    self.init(
      model: NetworkClassifier(network), input: input, target: target, bounds: bounds, workers: workers, budget: budget)
  }

  /// The network, whose last node gives logits.
  /// - Throws: `SaliencyError.needsNetwork` for a model that can only be asked.
  public var network: Network {
    get throws {
      guard let model = model as? NetworkClassifier else { throw SaliencyError.needsNetwork }
      return model.network
    }
  }

  /// The same picture and class with another model.
  func with(_ network: Network) -> Subject {
    Subject(network: network, input: input, target: target, bounds: bounds, workers: workers, budget: budget)
  }

  /// The same picture and model with another class.
  public func with(target: Int) -> Subject {
    Subject(model: model, input: input, target: target, bounds: bounds, workers: workers, budget: budget)
  }

  /// The same model and class with another picture of the same shape.
  func with(_ input: Tensor) -> Subject {
    Subject(model: model, input: input, target: target, bounds: bounds, workers: workers, budget: budget)
  }

  /// The classes' probabilities for some pictures `[n, channels, height, width]`.
  /// - Throws: what keeps the model from answering.
  public func probabilities(of pictures: Tensor) throws -> Matrix {
    try model.probabilities(of: pictures, workers: workers)
  }

  /// What the map of a method that only asks says of the class: its logit, or, where the model gives none, its
  /// probability.
  /// - Throws: what keeps the model from answering.
  public func score() throws -> Double {
    if let model = model as? NetworkClassifier { return model.logits(of: input, workers: workers)[0, target] }
    return try probabilities(of: input)[0, target]
  }

  /// The logit, or its mean over the places of an output that is a map.
  func score(_ output: Tensor, example: Int = 0) -> Double {
    let size = output.elements.count / output.shape[0] / output.shape[1]
    let start = (example * output.shape[1] + target) * size
    return output.elements[start..<start + size].reduce(0) { $0 + Double($1) } / Double(size)
  }

  /// The signal 1 at the class's logit, at all its places where the output is a map.
  func seed(_ output: Tensor) -> Tensor {
    let size = output.elements.count / output.shape[0] / output.shape[1]
    return Tensor(shape: output.shape) { seed in
      for place in 0..<seed.count { seed[place] = place / size % output.shape[1] == target ? 1 : 0 }
    }
  }

  /// A run of the network that keeps what a way back to a node needs.
  func run(downTo node: Int = 0) throws -> Network.Trace {
    try network.forward(input, workers: workers, keeping: .wayBack(to: node))
  }

  /// The signal that comes from the class's logit to a node by a rule.
  func signal(
    _ trace: Network.Trace, using rule: some BackwardRule = TrueGradient(), downTo node: Int = 0
  ) throws -> Tensor {
    try network.backward(seed: seed(trace.output), from: trace, using: rule, downTo: node, workers: workers)
  }
}
