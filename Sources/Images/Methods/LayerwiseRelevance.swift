import Networks
import Tensors

/// Layer-wise relevance propagation: the logit is handed down, each layer sharing what it gets among its inputs by
/// their part in its sums z = W x + b (Bach et al., PLOS ONE 10(7), 2015), with one of four rules a layer:
///
/// - ε: R ↦ x · Wᵀ (R / (z + ε sign z));
/// - z⁺: the same with W⁺ = max(W, 0) and b⁺;
/// - γ: with W + γ W⁺ and b + γ b⁺ (Montavon et al., 2019);
/// - the box rule for pixels between l and h: z = W x − W⁺ l − W⁻ h (Montavon et al., arXiv 1512.02479, eq. 7).
///
/// What falls to a bias is lost to the inputs.
public struct LayerwiseRelevance: SaliencyMethod {
  /// The method's name.
  public static let name = "lrp"
  /// The method in a line.
  public static let summary = "the logit, handed down from layer to layer in shares"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .layer(\.layer),
    MethodParameter(MethodOption("rules", "The rules of lrp: epsilon, z-plus, gamma or composite."), \.rules),
  ]

  /// Which rule each layer takes.
  public enum Rules: String, OptionValue, CaseIterable {
    /// ε everywhere.
    case epsilon
    /// z⁺ at convolutions, ε at fully connected layers.
    case zPlus = "z-plus"
    /// γ at convolutions, ε at fully connected layers.
    case gamma
    /// The box rule at the first convolution, γ at the others, ε at fully connected layers.
    case composite
  }

  /// Which rule each layer takes.
  public var rules = Rules.composite
  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?

  /// The composite rules, down to the picture.
  public init() {}

  /// Rules, down to the picture.
  public init(rules: Rules) { self.rules = rules }

  /// The sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let node = try LayerChoice(subject).map(layer ?? 0)
    let trace = try subject.run(downTo: node)
    let score = subject.score(trace.output)
    let first = try subject.network.nodes.firstIndex { $0.layer is Convolution && $0.inputs == [0] }
    let rule = Rule(
      rules: rules, boxed: rules == .composite && subject.bounds != nil ? first : nil,
      bounds: subject.bounds ?? ([], []))
    let seed = subject.seed(trace.output).map(with: trace.output, *)
    let relevance = try subject.network.backward(
      seed: seed, from: trace, using: rule, downTo: node, workers: subject.workers)
    return SaliencyMap(
      relevance, score: score, layer: node,
      completeness: .init(
        sum: relevance.elements.reduce(0) { $0 + Double($1) }, expected: seed.elements.reduce(0) { $0 + Double($1) }),
      SaliencyMap.sum)
  }

  /// How relevance passes a layer.
  struct Rule: BackwardRule {
    let rules: Rules
    /// The node that takes the box rule.
    let boxed: Int?
    let bounds: (lower: [Float], upper: [Float])
    /// Keeps quotients finite.
    private static let epsilon: Float = 1e-6
    /// γ, as is usual.
    private static let gamma: Float = 0.25

    func propagate(_ signal: Tensor, through passage: Passage) throws(SaliencyError) -> Tensor {
      switch passage.layer {
      case let layer as any WeightedLayer: weighted(signal, layer, passage)
      case is BatchNormalization, is AveragePool, is GlobalAveragePool, is Addition:
        passage.gradient(Self.quotient(signal, passage.output, passage.workers))
          .map(with: passage.input, workers: passage.workers) { $0 * $1 }
      case is MaxPool, is Concatenation, is Reshape: passage.gradient(signal)
      case let product as Multiplication:
        // What a gate lets through is the other input's.
        passage.index == product.gate ? Tensor(shape: passage.input.shape) : signal
      // What works on each number, or all but, by itself hands down what it gets.
      case is Activation, is Clip, is HardSigmoid, is LocalResponseNormalization: signal
      default: throw passage.unknown(to: LayerwiseRelevance.name)
      }
    }

    /// Relevance below a layer y = W x + b.
    private func weighted(_ signal: Tensor, _ layer: any WeightedLayer, _ passage: Passage) -> Tensor {
      if passage.node == boxed { return box(signal, layer, passage) }
      let parts: [(WeightPart, Float)]
      switch layer is Convolution ? rules : .epsilon {
      case .epsilon: parts = [(.all, 1)]
      case .zPlus: parts = [(.positive, 1)]
      case .gamma, .composite: parts = [(.all, 1), (.positive, Self.gamma)]
      }
      let terms = parts.map { part, factor in
        (
          part: part, factor: factor,
          sums: layer.product(passage.input, part: part, workers: passage.workers)
            .adding(layer.bias.map { part == .all ? $0 : max($0, 0) })
        )
      }
      let total = terms.dropFirst().reduce(terms[0].sums) { sum, term in
        sum.map(with: term.sums, workers: passage.workers) { $0 + term.factor * $1 }
      }
      let shares = Self.quotient(signal, total, passage.workers)
      let ways = terms.map { term in
        layer.transposedProduct(shares, part: term.part, input: passage.input, workers: passage.workers)
          .map(workers: passage.workers) { term.factor * $0 }
      }
      return ways.dropFirst().reduce(ways[0]) { $0.map(with: $1, workers: passage.workers) { $0 + $1 } }
        .map(with: passage.input, workers: passage.workers) { $0 * $1 }
    }

    /// Relevance of pixels between bounds.
    private func box(_ signal: Tensor, _ layer: any WeightedLayer, _ passage: Passage) -> Tensor {
      let pixels = passage.input.shape[2] * passage.input.shape[3]
      func plane(_ values: [Float]) -> Tensor {
        Tensor(shape: passage.input.shape) { target in
          for place in 0..<target.count { target[place] = values[place / pixels % values.count] }
        }
      }
      let terms: [(part: WeightPart, input: Tensor, sign: Float)] = [
        (.all, passage.input, 1), (.positive, plane(bounds.lower), -1), (.negative, plane(bounds.upper), -1),
      ]
      let sums = terms.map { term in
        layer.product(term.input, part: term.part, workers: passage.workers).map { term.sign * $0 }
      }
      let shares = Self.quotient(signal, sums[1...].reduce(sums[0]) { $0.map(with: $1, +) }, passage.workers)
      let ways = terms.map { term in
        layer.transposedProduct(shares, part: term.part, input: passage.input, workers: passage.workers)
          .map(with: term.input) { term.sign * $0 * $1 }
      }
      return ways[1...].reduce(ways[0]) { $0.map(with: $1, +) }
    }

    /// R / (z + ε sign z).
    private static func quotient(_ signal: Tensor, _ sums: Tensor, _ workers: Workers) -> Tensor {
      signal.map(with: sums, workers: workers) { $0 / ($1 + ($1 < 0 ? -epsilon : epsilon)) }
    }
  }
}

extension Tensor {
  /// The tensor, `[batch, channels, ...]`, with a number added to each channel.
  fileprivate func adding(_ numbers: Tensor) -> Tensor {
    let channels = shape[1]
    let pixels = shape[2...].reduce(1, *)
    return Tensor(shape: shape) { target in
      for plane in 0..<shape[0] * channels {
        let number = numbers.elements[plane % channels]
        for place in plane * pixels..<(plane + 1) * pixels { target[place] = elements[place] + number }
      }
    }
  }
}
