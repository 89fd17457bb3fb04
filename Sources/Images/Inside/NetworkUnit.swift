import Networks
import Tensors

/// A class, or a channel of a layer, of a network: its value for an input, and the gradient there.
struct NetworkUnit: Sendable {
  let network: Network
  let channel: Int
  let preprocessing: Preprocessing
  let workers: Workers
  var shape: [Int] { [1, preprocessing.channels, preprocessing.height, preprocessing.width] }

  init(
    _ objective: ActivationMaximization.Objective, _ whole: Network, _ preprocessing: Preprocessing, _ workers: Workers
  ) throws {
    var last = whole.nodes.count - 1
    if case .channel(_, let node) = objective { last = node }
    network = whole.upTo(last)
    channel = objective.channel
    self.preprocessing = preprocessing
    self.workers = workers
    let shapes = try network.outputShapes(for: shape)
    let channels = shapes[last].count > 1 ? shapes[last][1] : 0
    guard 0..<channels ~= channel else {
      throw InsideError.noChannel(channel, layer: whole.nodes[last].names.first ?? "\(last)", count: channels)
    }
  }

  /// The mean of the channel over all places for an input.
  func value(_ input: Tensor) -> Double {
    value(output: network.forward(input, workers: workers, keeping: .output).output)
  }

  private func value(output: Tensor) -> Double {
    let size = output.elements.count / output.shape[1]
    return output.elements[channel * size..<(channel + 1) * size].reduce(0) { $0 + Double($1) } / Double(size)
  }

  /// The value for an input, and its gradient there by a rule.
  func climb(_ input: Tensor, isStart: Bool = false) -> (value: Double, gradient: Tensor) {
    let trace = network.forward(input, workers: workers, keeping: isStart ? .all : .wayBack(to: 0))
    let size = trace.output.elements.count / trace.output.shape[1]
    let seed = Tensor(shape: trace.output.shape) { seed in
      for place in 0..<seed.count { seed[place] = place / size == channel ? 1 / Float(size) : 0 }
    }
    let gradient =
      isStart
      ? network.backward(seed: seed, from: trace, using: RedirectedRectifiers(), workers: workers)
      : network.backward(seed: seed, from: trace, workers: workers)
    return (value(output: trace.output), gradient)
  }
}

/// The gradient, but where a rectifier lets nothing through: then its signals go on, except those that would push shut
/// units down further.
struct RedirectedRectifiers: BackwardRule {
  func propagate(_ signal: Tensor, through passage: Passage) -> Tensor {
    let gradient = passage.gradient(signal)
    guard isRectifier(passage.layer), gradient.elements.allSatisfy({ $0 == 0 }) else { return gradient }
    return signal.map(with: passage.input) { $1 < 0 && $0 < 0 ? 0 : $0 }
  }

  private func isRectifier(_ layer: any Layer) -> Bool { layer as? Activation == .relu || layer is Clip }
}
