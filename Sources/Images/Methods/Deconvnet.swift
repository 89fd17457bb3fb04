import Networks
import Tensors

/// The deconvolutional network: a rectifier on the way back passes what is positive, whatever it passed on the way
/// forward (Zeiler & Fergus, arXiv 1311.2901, section 2.1).
public struct Deconvnet: SaliencyMethod {
  /// The method's name.
  public static let name = "deconvnet"
  /// The method in a line.
  public static let summary = "the way back with rectifiers that pass positive signals only"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [.layer(\.layer)]

  /// The node at whose output the map is made; nil: the picture.
  public var layer: Int?

  /// The method at the picture.
  public init() {}

  /// The largest size over the channels.
  public func explain(_ subject: Subject) throws -> SaliencyMap { try subject.largest(using: Rule(), at: layer ?? 0) }

  /// At rectifiers max(signal, 0).
  private struct Rule: BackwardRule {
    func propagate(_ signal: Tensor, through passage: Passage) -> Tensor {
      passage.isRectifier ? signal.map(workers: passage.workers) { $0 > 0 ? $0 : 0 } : passage.gradient(signal)
    }
  }
}

extension Passage {
  /// Whether the layer is a rectifier, or one with an upper bound.
  var isRectifier: Bool {
    if let clip = layer as? Clip { return clip.lower == 0 }
    return layer as? Activation == .relu
  }
}
