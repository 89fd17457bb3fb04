import Networks
import Tensors

/// Contrastive excitation backprop: at a layer below the classifier the walk's chances for the class, less those of a
/// classifier with all weights negated, go on downwards (Zhang et al., arXiv 1608.00507, section 3.3); max(0, Σ_c p_c)
/// at the end.
///
/// The walk is linear in its chances, so the network is run once and each layer below the contrast is passed once.
public struct ContrastiveExcitationBackprop: SaliencyMethod {
  /// The method's name.
  public static let name = "contrastive-excitation-backprop"
  /// The method in a line.
  public static let summary = "excitation backprop of the class less that of what speaks against it"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .layer(\.layer),
    .layer(
      MethodOption("contrast-layer", "The layer where the contrast is taken.", valueName: "name"), \.contrastLayer),
  ]

  /// The node at whose output the map is made; nil: one in the middle of the network.
  public var layer: Int?
  /// The node at whose output the difference is taken; nil: the input of the last layer with weights.
  public var contrastLayer: Int?

  /// The method at its usual layers.
  public init() {}

  /// The method at given layers.
  public init(layer: Int?, contrastLayer: Int? = nil) {
    self.layer = layer
    self.contrastLayer = contrastLayer
  }

  /// The positive part of the sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let choice = try LayerChoice(subject)
    let node = try layer.map { try choice.map($0) } ?? choice.middle(Self.name)
    let classifier = try choice.lastWeighted(Self.name)
    let contrast = try contrastLayer ?? subject.network.nodes[classifier].inputs[0]
    guard contrast < classifier else {
      throw SaliencyError.notBelow(layer: choice.name(contrast), other: choice.name(classifier))
    }
    try choice.checkAllWaysPass(contrast, to: node)
    let trace = try subject.run(downTo: node)
    let rule = ExcitationBackprop.Rule(method: Self.name)
    try ExcitationBackprop.Rule.check(subject, trace, downTo: node, method: Self.name)
    // Down to the classifier's input the two walks differ in weights; from there on they go side by side.
    let below = try subject.network.nodes[classifier].inputs[0]
    let isPassed = contrast < below && (try? choice.checkAllWaysPass(below, to: contrast)) != nil
    let start = isPassed ? below : contrast
    var negatedRule = rule
    negatedRule.negated = classifier
    let positive = try subject.signal(trace, using: rule, downTo: start)
    let negative = try subject.signal(trace, using: negatedRule, downTo: start)
    var difference = positive.map(with: negative, -)
    if start != contrast {
      let both = Tensor(shape: [2] + positive.shape[1...], elements: positive.elements + negative.elements)
      let walks = try subject.network.backward(
        seed: both, from: trace.repeated(2, from: contrast), using: rule, startingAt: start,
        downTo: contrast, workers: subject.workers)
      let size = walks.elements.count / 2
      difference = Tensor(shape: [1] + walks.shape[1...]) { target in
        for place in 0..<size { target[place] = walks.elements[place] - walks.elements[size + place] }
      }
    }
    let signal = try subject.network.backward(
      seed: difference, from: trace, using: rule, startingAt: contrast,
      downTo: node, workers: subject.workers)
    return SaliencyMap(signal, score: subject.score(trace.output), layer: node) { max(0, SaliencyMap.sum($0)) }
  }
}
