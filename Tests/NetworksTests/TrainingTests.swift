import Synchronization
import Tensors
import Testing

@testable import Networks

@Suite struct TrainingTests {
  /// Rows of one input whose targets are the input, of which the validation rows say the opposite.
  private func training(_ settings: NeuralNetwork, workers: Workers = .one) -> Training {
    let inputs = (0..<40).map { Float($0) / 20 - 1 }
    return Training(
      settings: settings, inputs: Tensor(shape: [40, 1], elements: inputs),
      targets: Tensor(shape: [40, 1], elements: inputs.enumerated().map { $0.offset < 30 ? $0.element : -$0.element }),
      loss: .squaredError, workers: workers)
  }

  private func network(using generator: inout SeededGenerator) -> Network {
    Network(widths: [1, 4, 1], activation: .tanh, using: &generator)
  }

  @Test func theBestEpochsWeightsAreKept() throws {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    let training = training(NeuralNetwork(epochs: 60, learningRate: 0.01, patience: 60))
    var network = network(using: &generator)
    let history = try training.run(
      &network, training: Array(0..<30), validation: Array(30..<40), using: &generator)
    #expect(history.training.count == 60 && history.validation.count == 60)
    #expect(history.bestValidation == history.validation.min())
    // Learning the training rows makes the others worse, so an early epoch is best.
    #expect(history.bestEpoch < 60 && history.training[59] < history.training[0])
    let outputs = network.forward(Tensor(shape: [10, 1], elements: (30..<40).map { Float($0) / 20 - 1 })).output
    let loss =
      training.loss.evaluate(
        outputs, targets: Tensor(shape: [10, 1], elements: (30..<40).map { 1 - Float($0) / 20 })
      ).sum / 10
    #expect(loss == history.bestValidation)
  }

  @Test func trainingEndsWherePatienceDoes() throws {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    var network = network(using: &generator)
    let history = try training(NeuralNetwork(epochs: 500, learningRate: 0.01, patience: 7)).run(
      &network, training: Array(0..<30), validation: Array(30..<40), using: &generator)
    #expect(history.validation.count == history.bestEpoch + 7)
  }

  @Test func withoutValidationRowsTheLastWeightsAreKept() throws {
    var generator = SeededGenerator(seed: 3, purpose: .test)
    var network = network(using: &generator)
    let history = try training(NeuralNetwork(epochs: 9, patience: 2)).run(
      &network, training: Array(0..<30), validation: [], using: &generator)
    #expect(history.bestEpoch == 9 && history.validation.isEmpty && history.bestValidation == nil)
  }

  /// One batch of all rows and no momentum is one step down the whole gradient of the mean loss.
  @Test func aStepOfOneBatchByHand() throws {
    var network = Network(chain: [
      Dense(weight: Tensor(shape: [1, 1], elements: [0]), bias: Tensor(shape: [1], elements: [0]))
    ])
    let settings = NeuralNetwork(
      epochs: 1, batchSize: 2, learningRate: 1, weightDecay: 0, optimizer: .descent(momentum: 0))
    let training = Training(
      settings: settings, inputs: Tensor(shape: [2, 1], elements: [1, 3]),
      targets: Tensor(shape: [2, 1], elements: [2, 4]), loss: .squaredError, workers: .one)
    var generator = SeededGenerator(seed: 0, purpose: .test)
    let history = try training.run(&network, training: [0, 1], validation: [], using: &generator)
    // The outputs are 0: mean of (−2 · 1, −4 · 3) and of (−2, −4); the loss is ½(4 + 16) / 2.
    #expect(network.nodes[1].layer.weights.map(\.elements) == [[7], [3]])
    #expect(history.training == [5])
  }

  @Test func epochsAreReported() throws {
    let heard = Heard()
    var generator = SeededGenerator(seed: 3, purpose: .test)
    var network = network(using: &generator)
    let workers = Workers(count: 2) { done, total in heard.append(done, total) }
    _ = try training(NeuralNetwork(epochs: 3), workers: workers).run(
      &network, training: Array(0..<30), validation: [], using: &generator)
    #expect(heard.pairs.map(\.done) == [1, 2, 3] && heard.pairs.allSatisfy { $0.total == 3 })
  }
}

/// What a progress bar heard.
private final class Heard: Sendable {
  private let storage = Mutex<[(done: Int, total: Int)]>([])

  var pairs: [(done: Int, total: Int)] { storage.withLock { $0 } }

  func append(_ done: Int, _ total: Int) { storage.withLock { $0.append((done, total)) } }
}
