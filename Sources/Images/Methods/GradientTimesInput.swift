import Networks
import Tensors

/// The gradient times the input, Σ_c x_c · ∂y / ∂x_c with its sign (Shrikumar et al., arXiv 1605.01713).
public struct GradientTimesInput: SaliencyMethod {
  /// The method's name.
  public static let name = "gradient-x-input"
  /// The method in a line.
  public static let summary = "the gradient times the pixel itself, with its sign"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.layer(\.layer)]

  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?

  /// The method at the picture.
  public init() {}

  /// The sum over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let node = try LayerChoice(subject).map(layer ?? 0)
    let trace = try subject.run(downTo: node)
    let product = try subject.signal(trace, downTo: node).map(with: trace.outputs[node], *)
    return SaliencyMap(product, score: subject.score(trace.output), layer: node, SaliencyMap.sum)
  }
}
