import Networks
import Tensors

/// Excitation backprop, the marginal chances of a walk from the class's unit downwards: from a unit it goes to one of
/// the units below with a chance that is proportional to their part in W⁺ x, where W⁺ = max(W, 0) and biases are left
/// out (Zhang et al., arXiv 1608.00507, eq. 8). The values are not negative and their sum is at most 1.
public struct ExcitationBackprop: SaliencyMethod {
  /// The method's name.
  public static let name = "excitation-backprop"
  /// The method in a line.
  public static let summary = "where a walk down the exciting weights ends, as a share of 1"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.layer(\.layer)]

  /// The node at whose output the map is made; nil: one in the middle of the network.
  public var layer: Int?

  /// The method at its usual layer.
  public init() {}

  /// The method at a given layer.
  public init(layer: Int?) { self.layer = layer }

  /// The sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let choice = try LayerChoice(subject)
    let node = try layer.map { try choice.map($0) } ?? choice.middle(Self.name)
    let trace = try subject.run(downTo: node)
    try Rule.check(subject, trace, downTo: node, method: Self.name)
    return SaliencyMap(
      try subject.signal(trace, using: Rule(), downTo: node), score: subject.score(trace.output), layer: node,
      SaliencyMap.sum)
  }

  /// p ↦ x · f(W)ᵀ (p / f(W) x), with f the positive part, or another part at one node.
  struct Rule: BackwardRule {
    /// The method whose rule it is.
    var method = ExcitationBackprop.name
    /// A node whose weights are taken with the other sign.
    var negated: Int?

    func propagate(_ signal: Tensor, through passage: Passage) throws(SaliencyError) -> Tensor {
      switch passage.layer {
      case let layer as any WeightedLayer:
        let part: WeightPart = passage.node == negated ? .negated : .positive
        let sums = layer.product(passage.input, part: part, workers: passage.workers)
        let shares = Self.quotient(signal, sums, passage.workers)
        return layer.transposedProduct(shares, part: part, input: passage.input, workers: passage.workers)
          .map(with: passage.input, workers: passage.workers) { $0 * $1 }
      case is AveragePool, is GlobalAveragePool:
        return passage.gradient(Self.quotient(signal, passage.output, passage.workers))
          .map(with: passage.input, workers: passage.workers) { $0 * $1 }
      case is Addition:
        return Self.quotient(signal, passage.output, passage.workers)
          .map(with: passage.input, workers: passage.workers) { $0 * $1 }
      case is MaxPool, is Concatenation, is Reshape: return passage.gradient(signal)
      case let product as Multiplication:
        // What a gate lets through is the other input's.
        return passage.index == product.gate ? Tensor(shape: passage.input.shape) : signal
      case let activation as Activation where activation == .relu: return passage.gradient(signal)
      // Each number stands above one other, or all but, where the walk must go.
      case is Activation, is Clip, is HardSigmoid, is BatchNormalization, is LocalResponseNormalization: return signal
      default: throw passage.unknown(to: method)
      }
    }

    /// p / z, and 0 where z is.
    private static func quotient(_ signal: Tensor, _ sums: Tensor, _ workers: Workers) -> Tensor {
      signal.map(with: sums, workers: workers) { $1 == 0 ? 0 : $0 / $1 }
    }

    /// Whether a layer shares a chance out among its inputs by their parts in sums.
    private static func sharesOut(_ layer: any Layer) -> Bool {
      layer is any WeightedLayer || layer is AveragePool || layer is GlobalAveragePool || layer is Addition
    }

    /// Refuses networks in which a layer that takes shares has negative inputs.
    static func check(_ subject: Subject, _ trace: Network.Trace, downTo lowest: Int, method: String) throws {
      for (index, node) in try subject.network.nodes.enumerated() where index > lowest && sharesOut(node.layer) {
        for source in node.inputs where source >= lowest && (trace.outputs[source].elements.contains { $0 < 0 }) {
          throw SaliencyError.negativeInput(method: method, layer: try LayerChoice(subject).name(index))
        }
      }
    }
  }
}
