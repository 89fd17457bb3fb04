import Networks
import Tensors

/// The gradient of the class's logit: at each pixel max_c |∂y / ∂x_c| (Simonyan, Vedaldi & Zisserman, arXiv 1312.6034,
/// section 3.1).
public struct Gradient: SaliencyMethod {
  /// The method's name.
  public static let name = "gradient"
  /// The method in a line.
  public static let summary = "how strongly the class's logit reacts to each pixel"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.layer(\.layer)]

  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?

  /// The method at the picture.
  public init() {}

  /// The largest size over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    try subject.largest(using: TrueGradient(), at: layer ?? 0)
  }
}

extension Subject {
  /// At each place of a node's output the largest size, over the channels, of the signal that a rule brings there.
  func largest(using rule: some BackwardRule, at layer: Int) throws -> SaliencyMap {
    let node = try LayerChoice(self).map(layer)
    let trace = try run(downTo: node)
    return SaliencyMap(
      try signal(trace, using: rule, downTo: node), score: score(trace.output), layer: node, SaliencyMap.largest)
  }
}
