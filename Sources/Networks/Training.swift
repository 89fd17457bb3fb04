import Tensors

/// The fitting of a network's weights by gradient steps over mini-batches.
///
/// A batch is cut into blocks of `blockSize` rows, whose gradients are added in order, so that the weights do not
/// depend on the number of threads.
struct Training {
  /// How far and how fast to go.
  let settings: NeuralNetwork
  /// The encoded rows, `[n, inputs]`.
  let inputs: Tensor
  /// The encoded targets, `[n, outputs]`.
  let targets: Tensor
  /// What is made small.
  let loss: Loss
  /// The threads that share the blocks.
  let workers: Workers

  /// The number of rows that pass a network at once.
  static let blockSize = 64

  /// Trains on some rows, and keeps the weights of the epoch whose loss on the validation rows is least; without such
  /// rows, those of the last epoch.
  /// - Throws: `FitError.diverged`.
  func run(
    _ network: inout Network, training: [Int], validation: [Int], using generator: inout some RandomNumberGenerator
  ) throws -> TrainingHistory {
    let batchSize = settings.batchSize ?? max(16, min(256, training.count / 40))
    let batches = Workers.ranges(training.count, size: batchSize)
    var state = OptimizerState(settings.optimizer, rate: settings.learningRate, for: network)
    var history = TrainingHistory()
    var best = network
    var order = training
    for epoch in 1...settings.epochs {
      order.shuffle(using: &generator)
      var sum = 0.0
      for batch in batches {
        let (loss, gradients) = gradients(network, rows: order[batch])
        sum += loss
        state.update(&network, gradients: gradients, decay: Float(settings.weightDecay / Double(batch.count)))
      }
      history.training.append(sum / Double(training.count))
      if !validation.isEmpty { history.validation.append(loss(network, rows: validation)) }
      guard history.training[epoch - 1].isFinite, history.validation.last?.isFinite ?? true else {
        throw FitError.diverged(epoch: epoch, learningRate: settings.learningRate)
      }
      if validation.isEmpty || history.validation[epoch - 1] < (history.bestValidation ?? .infinity) {
        history.bestEpoch = epoch
        best = network
      }
      workers.report(done: epoch, of: settings.epochs)
      if epoch - history.bestEpoch >= settings.patience { break }
    }
    network = best
    return history
  }

  /// The sum of the losses of a batch, and the gradient of their mean.
  private func gradients(_ network: Network, rows: ArraySlice<Int>) -> (loss: Double, gradients: [[Tensor]]) {
    let blocks = Workers.ranges(rows.count, size: Self.blockSize)
    let factor = 1 / Float(rows.count)
    var parts = workers.silent.map(count: blocks.count) { index in
      let block = rows[(rows.startIndex + blocks[index].lowerBound)..<(rows.startIndex + blocks[index].upperBound)]
      let trace = network.forward(Self.gather(inputs, block))
      let (sum, seed) = loss.evaluate(trace.output, targets: Self.gather(targets, block), factor: factor)
      return (loss: sum, gradients: network.gradients(seed: seed, from: trace))
    }
    var total = parts.removeFirst()
    for part in parts {
      total.loss += part.loss
      for node in total.gradients.indices {
        for number in total.gradients[node].indices {
          Self.add(part.gradients[node][number].elements, to: &total.gradients[node][number].elements)
        }
      }
    }
    return total
  }

  /// The mean loss of some rows.
  private func loss(_ network: Network, rows: [Int]) -> Double {
    let blocks = Workers.ranges(rows.count, size: Self.blockSize)
    let sums = workers.silent.map(count: blocks.count) { index in
      let block = rows[blocks[index]]
      return loss.evaluate(
        network.forward(Self.gather(inputs, block)).output, targets: Self.gather(targets, block)
      ).sum
    }
    return sums.reduce(0, +) / Double(rows.count)
  }

  /// Some rows of a tensor of two axes.
  private static func gather(_ source: Tensor, _ rows: ArraySlice<Int>) -> Tensor {
    let width = source.shape[1]
    return Tensor(shape: [rows.count, width]) { target in
      source.elements.withUnsafeBufferPointer { source in
        for (place, row) in rows.enumerated() {
          for column in 0..<width { target[place * width + column] = source[row * width + column] }
        }
      }
    }
  }

  private static func add(_ numbers: [Float], to sums: inout [Float]) {
    sums.withUnsafeMutableBufferPointer { sums in
      numbers.withUnsafeBufferPointer { numbers in
        for index in 0..<sums.count { sums[index] += numbers[index] }
      }
    }
  }
}

/// The course of a training.
public struct TrainingHistory: Sendable, Equatable {
  /// The mean loss on the training rows in each epoch, measured while the weights changed.
  public internal(set) var training: [Double] = []
  /// The mean loss on the validation rows after each epoch; empty where there are no such rows.
  public internal(set) var validation: [Double] = []
  /// The epoch, from 1, whose weights were kept.
  public internal(set) var bestEpoch = 0

  /// The validation loss of the weights that were kept.
  public var bestValidation: Double? { bestEpoch > 0 && !validation.isEmpty ? validation[bestEpoch - 1] : nil }
}
