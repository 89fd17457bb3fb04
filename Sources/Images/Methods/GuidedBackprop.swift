import Networks
import Tensors

/// Guided backpropagation: a rectifier passes what is positive on the way back and was on the way forward (Springenberg
/// et al., arXiv 1412.6806, section 3.4).
///
/// Such maps hardly depend on the class or on the weights of the upper layers (Adebayo et al., arXiv 1810.03292).
public struct GuidedBackprop: SaliencyMethod {
  /// The method's name.
  public static let name = "guided-backprop"
  /// The method in a line.
  public static let summary =
    "the gradient with negative signals stopped at rectifiers; sharp, but hardly specific to the class"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.layer(\.layer)]

  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?

  /// The method at the picture.
  public init() {}

  /// The largest size over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap { try subject.largest(using: Rule(), at: layer ?? 0) }

  /// At rectifiers max(signal, 0) where the output is positive, as in captum; TorchRay's passes it where the input is
  /// exactly 0 as well.
  struct Rule: BackwardRule {
    func propagate(_ signal: Tensor, through passage: Passage) -> Tensor {
      if !passage.isRectifier { return passage.gradient(signal) }
      let gradient = passage.gradient(signal)
      return gradient.map(workers: passage.workers) { $0 > 0 ? $0 : 0 }
    }
  }
}
