public import Networks
public import Tensors

/// A way to say which parts of a picture speak for a class.
///
/// A method is one file, a conformance and a line in `SaliencyMethods.all`; it holds what sets the method apart from the plain gradient.
public protocol SaliencyMethod: Sendable {
  /// The name on the command line.
  static var name: String { get }
  /// What the method does, in a line.
  static var summary: String { get }
  /// The method with given settings, of which it takes what it has.
  init(_ settings: SaliencySettings)
  /// The map of a picture.
  /// - Throws: `SaliencyError` where the method does not fit the network.
  func explain(_ subject: Subject) throws -> SaliencyMap
}

/// The settings of all methods; a method looks at what it has.
public struct SaliencySettings: Sendable, Equatable {
  /// The node at whose output the map is made; nil: each method's own choice.
  public var layer: Int?
  /// The node at whose output contrastive excitation backprop takes the difference; nil: the input of the last layer with weights.
  public var contrastLayer: Int?
  /// The samples of SmoothGrad.
  public var samples = 25
  /// The deviation of SmoothGrad's noise, as a share of the input's range.
  public var noise = 0.15
  /// Whether SmoothGrad averages the gradients' squares.
  public var squares = false
  /// The steps of integrated gradients.
  public var steps = 50
  /// LRP's rules.
  public var rules = LayerwiseRelevance.Rules.composite
  /// The relative of Grad-CAM.
  public var cam = GradCAM.Form.gradCAM
  /// The seed of random numbers.
  public var seed: UInt64 = 0

  /// The settings that the methods' papers give.
  public init() {}
}

/// What a method explains: a network's output for one picture.
public struct Subject: Sendable {
  /// The network, whose last node gives logits.
  public let network: Network
  /// The picture, `[1, channels, height, width]`.
  public let input: Tensor
  /// The class, as a place among the logits.
  public let target: Int
  /// The least and the largest number that each channel of an input can hold; nil where that is not known.
  public let bounds: (lower: [Float], upper: [Float])?
  /// The threads that share the work.
  public let workers: Workers

  /// A network's output for one picture, whose shape the network can take.
  public init(
    network: Network, input: Tensor, target: Int, bounds: (lower: [Float], upper: [Float])? = nil,
    workers: Workers = .one
  ) {
    precondition(input.shape.count == 4 && input.shape[0] == 1, "Subject: input \(input.shape)")
    self.network = network
    self.input = input
    self.target = target
    self.bounds = bounds
    self.workers = workers
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
  func run(downTo node: Int = 0) -> Network.Trace {
    network.forward(input, workers: workers, keeping: .wayBack(to: node))
  }

  /// The signal that comes from the class's logit to a node by a rule.
  func signal(
    _ trace: Network.Trace, using rule: some BackwardRule = TrueGradient(), downTo node: Int = 0
  ) -> Tensor {
    network.backward(seed: seed(trace.output), from: trace, using: rule, downTo: node, workers: workers)
  }
}

/// How much each place of a picture, or of a layer's planes, speaks for a class.
public struct SaliencyMap: Sendable, Equatable {
  /// The class's logit.
  public let score: Double
  /// The node at whose output the map was made; 0 is the picture itself.
  public let layer: Int
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int
  /// The values, row by row.
  public let values: [Float]
  /// What the method promises of the sum of its values, and how far it was kept.
  public var completeness: Completeness?

  /// The sum that a method's values should have.
  public struct Completeness: Sendable, Equatable {
    /// The sum of the values.
    public let sum: Double
    /// What it should be.
    public let expected: Double

    /// The difference, as a share of what is expected.
    public var error: Double { (sum - expected).magnitude / max(expected.magnitude, .leastNormalMagnitude) }
  }

  /// A map of one value for each place of a tensor `[1, channels, height, width]`.
  init(_ tensor: Tensor, score: Double, layer: Int, completeness: Completeness? = nil, _ reduce: ([Float]) -> Float) {
    let (channels, height, width) = (tensor.shape[1], tensor.shape[2], tensor.shape[3])
    var column = [Float](repeating: 0, count: channels)
    values = (0..<height * width).map { pixel in
      for channel in 0..<channels { column[channel] = tensor.elements[channel * height * width + pixel] }
      return reduce(column)
    }
    self.score = score
    self.layer = layer
    self.height = height
    self.width = width
    self.completeness = completeness
  }

  /// The largest size of a value of a place's channels.
  static func largest(_ values: [Float]) -> Float { values.reduce(0) { max($0, $1.magnitude) } }

  /// The sum over a place's channels.
  static func sum(_ values: [Float]) -> Float { values.reduce(0, +) }

  /// Whether all values are the same, so that the map tells nothing of places.
  public var isConstant: Bool { values.allSatisfy { $0 == values.first } }

  /// The values in another size: bilinear with the centres of the outer values half a place inside the edge, as torch's
  /// `interpolate(mode="bilinear", align_corners=False)`.
  public func resized(height newHeight: Int, width newWidth: Int) -> [Float] {
    if newHeight == height, newWidth == width { return values }
    let rows = Self.places(from: height, to: newHeight)
    let columns = Self.places(from: width, to: newWidth)
    return rows.flatMap { row in
      columns.map { column in
        let upper =
          values[row.low * width + column.low] * (1 - column.share) + values[row.low * width + column.high]
          * column.share
        let lower =
          values[row.high * width + column.low] * (1 - column.share) + values[row.high * width + column.high]
          * column.share
        return upper * (1 - row.share) + lower * row.share
      }
    }
  }

  private static func places(from source: Int, to target: Int) -> [(low: Int, high: Int, share: Float)] {
    (0..<target).map { place in
      let position = max(0, (Double(place) + 0.5) * Double(source) / Double(target) - 0.5)
      let low = min(Int(position), source - 1)
      return (low, min(low + 1, source - 1), Float(position - Double(low)))
    }
  }
}

/// What keeps a method from explaining a network.
public enum SaliencyError: Error, Equatable, CustomStringConvertible {
  /// The method needs a layer that is a map of places, and the network has none where it looks.
  case noPlaces(method: String)
  /// The node's output is no map of places.
  case notAMap(layer: String, shape: [Int])
  /// A layer whose inputs must not be negative has some that are.
  case negativeInput(method: String, layer: String)
  /// The node does not lie below another.
  case notBelow(layer: String, other: String)
  /// Other ways lead by a layer that all should pass.
  case isPassedBy(layer: String)
  /// The network has no layer with weights.
  case noWeights(method: String)

  /// The error in one sentence.
  public var description: String {
    switch self {
    case .noPlaces(let method): "\(method) needs a convolution, and the network has none"
    case .notAMap(let layer, let shape):
      "the layer \"\(layer)\" gives \(shape.map { "\($0)" }.joined(separator: " x ")), which is no map of places"
    case .negativeInput(let method, let layer):
      "\(method) needs inputs that are not negative, and those of the layer \"\(layer)\" are; choose a --layer above it"
    case .notBelow(let layer, let other): "the layer \"\(layer)\" does not lie below \"\(other)\""
    case .isPassedBy(let layer): "not all ways to the output lead through the layer \"\(layer)\""
    case .noWeights(let method): "\(method) needs a layer with weights, and the network has none"
    }
  }
}
