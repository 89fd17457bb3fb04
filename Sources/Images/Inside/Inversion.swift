public import Networks
import RealModule
public import Tensors

/// Pictures that a layer of a network cannot tell from a given one: what the layer keeps of it (Mahendran & Vedaldi,
/// *Understanding Deep Image Representations by Inverting Them*, CVPR 2015, arXiv 1412.0035).
///
/// Over pictures x, in samples less the mean, the sum
///
///     |Φ(x) − Φ₀|² / |Φ₀|² + λ_TV / 2 · TV_β(x) / σ² + λ_α / 2 · Σ x⁶ / σ²
///
/// is made small by gradient descent with momentum 0.9 from normal noise of length σ, with Φ the layer's output and σ
/// the length of the given picture. The steps are those of the authors' program: times σ², at a rate of 0.004 for a
/// quarter of them, a tenth of that for a half and a hundredth for the rest, the momentum starting anew each time.
public struct Inversion: Sendable {
  /// λ_TV; nil: 1, 10 or 100, by how deep the layer lies.
  public var totalVariation: Double?
  /// β.
  public var beta = 2.0
  /// λ_α, against samples far beyond those of pictures.
  public var bound = 8e-10
  /// The number of steps.
  public var iterations = 400
  /// The number of starts, which go on side by side.
  public var restarts = 2
  /// The seed of the starts.
  public var seed: UInt64 = 0

  /// The authors' settings, with two starts.
  public init() {}

  /// What was found.
  public struct Result: Sendable {
    /// The best start's picture.
    public let picture: Picture
    /// Its error |Φ(x) − Φ₀| / |Φ₀|.
    public let error: Double
    /// The same of `picture`, whose samples are rounded and cut off at 0 and 255.
    public let pictureError: Double
    /// The error of each start.
    public let errors: [Double]
    /// λ_TV.
    public let totalVariation: Double
    /// σ.
    public let length: Double
    /// The steps that were taken.
    public let effort: Effort
  }

  /// Inverts the output of a node for a picture.
  /// - Parameters:
  ///   - node: the node.
  ///   - network: the network.
  ///   - input: the picture as the network takes it, `[1, channels, height, width]`.
  ///   - preprocessing: how the picture became the input.
  ///   - workers: the threads that share the work.
  ///   - budget: how long it may take; the steps taken so far count.
  /// - Returns: the picture and its error.
  /// - Throws: `InsideError.silent` for a layer whose output is 0 everywhere.
  public func invert(
    _ node: Int, of network: Network, for input: Tensor, _ preprocessing: Preprocessing, workers: Workers = .one,
    budget: Budget = .unlimited
  ) throws -> Result {
    let lower = network.upTo(node)
    let target = lower.forward(input, workers: workers, keeping: .output).output.elements
    let size = target.reduce(0) { $0 + Double($1) * Double($1) }
    guard size > 0 else { throw InsideError.silent }
    var search = Search(
      self, lower, input, target, size, preprocessing, totalVariation ?? Self.variation(node, network))
    let effort = budget.steps(iterations, unit: "steps") { search.step($0, workers) }
    let errors = search.errors(workers)
    let best = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    let picture = preprocessing.picture(of: search.input, example: best)
    let seen = lower.forward(preprocessing.tensor(picture), workers: workers, keeping: .output).output.elements
    return Result(
      picture: picture, error: errors[best], pictureError: Search.error(seen[...], target, size), errors: errors,
      totalVariation: search.variation, length: search.length,
      effort: effort)
  }

  /// The layer that is inverted unless another one is given: the last below the classifier that has places.
  /// - Throws: `SaliencyError`
  public static func usualLayer(_ subject: Subject) throws -> Int { try LayerChoice(subject).lastMap("invert") }

  /// λ_TV as the authors chose it for the layers of AlexNet: 1 in the first third, 10 in the second, 100 above.
  private static func variation(_ node: Int, _ network: Network) -> Double {
    [1, 10, 100][min(2, 3 * node / network.nodes.count)]
  }
}

/// The pictures of all starts on their way.
private struct Search {
  let settings: Inversion
  let network: Network
  let target: [Float]
  let targetSize: Double
  let preprocessing: Preprocessing
  let variation: Double
  /// σ.
  let length: Double
  private let shape: [Int]
  /// The samples less the mean, `[restarts, channels, height, width]`.
  private var pictures: [Double]
  private var momentum: [Double]
  /// What the rate is divided by, after steps that led astray.
  private var caution = 1.0
  private var kept: (pictures: [Double], objective: Double)

  /// The mean of a channel's samples: that which the network takes off, or the middle.
  private static func middle(_ preprocessing: Preprocessing, _ channel: Int) -> Double {
    preprocessing.mean[channel] == 0 ? 127.5 : preprocessing.mean[channel] / preprocessing.scale
  }

  init(
    _ settings: Inversion, _ network: Network, _ input: Tensor, _ target: [Float], _ targetSize: Double,
    _ preprocessing: Preprocessing, _ variation: Double
  ) {
    self.settings = settings
    self.network = network
    self.target = target
    self.targetSize = targetSize
    self.preprocessing = preprocessing
    self.variation = variation
    shape = [settings.restarts] + input.shape[1...]
    let plane = shape[2] * shape[3]
    let given = input.elements.indices.map { place in
      let channel = place / plane
      let sample =
        Double(input.elements[place]) / preprocessing.slope(channel) + preprocessing.mean[channel] / preprocessing.scale
      return sample - Self.middle(preprocessing, channel)
    }
    // A picture of the mean colour alone has no length; that of a picture of medium contrast stands in.
    let size = given.reduce(0) { $0 + $1 * $1 }.squareRoot()
    length = size > 0 ? size : 64 * Double(given.count).squareRoot()
    var starts: [Double] = []
    for start in 0..<settings.restarts {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(start), purpose: .noise)
      let noise = given.map { _ in NormalDistribution.quantile(generator.uniform()) }
      let factor = length / noise.reduce(0) { $0 + $1 * $1 }.squareRoot()
      starts += noise.map { $0 * factor }
    }
    pictures = starts
    momentum = [Double](repeating: 0, count: starts.count)
    kept = (starts, .infinity)
  }

  /// The pictures as the network takes them.
  var input: Tensor {
    let plane = shape[2] * shape[3]
    return Tensor(shape: shape) { target in
      for place in 0..<target.count {
        let channel = place / plane % shape[1]
        let sample = pictures[place] + Self.middle(preprocessing, channel)
        target[place] = Float(
          (sample * preprocessing.scale - preprocessing.mean[channel]) / preprocessing.deviation[channel])
      }
    }
  }

  static func error(_ output: ArraySlice<Float>, _ target: [Float], _ size: Double) -> Double {
    (zip(output, target).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) } / size)
      .squareRoot()
  }

  /// The error of each start.
  func errors(_ workers: Workers) -> [Double] {
    errors(network.forward(input, workers: workers, keeping: .output).output)
  }

  private func errors(_ output: Tensor) -> [Double] {
    (0..<shape[0]).map { start in
      Self.error(output.elements[start * target.count..<(start + 1) * target.count], target, targetSize)
    }
  }

  /// Takes a step.
  mutating func step(_ number: Int, _ workers: Workers) {
    let (first, second) = (settings.iterations / 4, settings.iterations * 3 / 4)
    let rate = 0.004 * (number < first ? 1 : number < second ? 0.1 : 0.01) / caution
    if number == first || number == second { momentum = momentum.map { _ in 0 } }
    let trace = network.forward(input, workers: workers, keeping: .wayBack(to: 0))
    let seed = Tensor(shape: trace.output.shape) { seed in
      for place in 0..<seed.count {
        seed[place] = Float(
          2 * (Double(trace.output.elements[place]) - Double(target[place % target.count])) / targetSize)
      }
    }
    let signal = network.backward(seed: seed, from: trace, workers: workers)
    // σ² times the objective's gradient.
    let plane = shape[2] * shape[3]
    var gradient = signal.elements.indices.map { place in
      Double(signal.elements[place]) * preprocessing.slope(place / plane % shape[1]) * length * length
    }
    let bound = settings.bound
    let variation = TotalVariation(beta: settings.beta)
    var objective = errors(trace.output).reduce(0) { $0 + $1 * $1 } * length * length
    for place in pictures.indices {
      let square = pictures[place] * pictures[place]
      objective += bound / 2 * square * square * square
      gradient[place] += 3 * bound * square * square * pictures[place]
    }
    for start in stride(from: 0, to: pictures.count, by: plane) {
      objective +=
        self.variation / 2
        * variation.value(
          pictures, start: start, height: shape[2], width: shape[3], factor: self.variation / 2, addingTo: &gradient)
    }
    // Steps that are too long for this network end far off: back to the best, and on by shorter ones.
    guard objective.isFinite, objective < 10 * kept.objective else {
      pictures = kept.pictures
      momentum = momentum.map { _ in 0 }
      caution *= 4
      return
    }
    if objective < kept.objective { kept = (pictures, objective) }
    for place in pictures.indices {
      momentum[place] = 0.9 * momentum[place] - rate * gradient[place]
      pictures[place] += momentum[place]
    }
  }
}

/// What keeps a network from being looked into.
public enum InsideError: Error, Equatable, CustomStringConvertible {
  /// The layer's output is 0 everywhere, so that any picture without an output fits.
  case silent
  /// A channel that the layer does not have.
  case noChannel(Int, layer: String, count: Int)
  /// No input changes the unit.
  case unmoved

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .silent: "the layer's output for this picture is 0 everywhere; there is nothing to invert"
    case .noChannel(let channel, let layer, let count):
      "the layer \"\(layer)\" has no channel \(channel): its channels are 0 to \(count - 1)"
    case .unmoved: "no small change of the input moves this unit, so that there is no way up"
    }
  }
}
