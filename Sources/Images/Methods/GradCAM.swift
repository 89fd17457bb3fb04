import Networks
import Tensors

/// Grad-CAM and its relatives, from a layer's activations A and the gradient G there:
///
/// - Grad-CAM, max(0, Σ_c w_c A_c) with w_c the mean of G_c over the places (Selvaraju et al., arXiv 1610.02391);
/// - HiResCAM, max(0, Σ_c G_c A_c) (Draelos & Carin, arXiv 2011.08891);
/// - LayerCAM, Σ_c max(0, G_c) A_c, where it is positive (Jiang et al., TIP 2021);
/// - Grad-CAM++, Grad-CAM with w_c = Σ a_c max(0, G_c), a = G² / (2 G² + G³ Σ A_c) (Chattopadhay et al., arXiv 1710.11063, eq. 19);
/// - the linear approximation Σ_c G_c A_c with its sign.
public struct GradCAM: SaliencyMethod {
  /// The method's name.
  public static let name = "grad-cam"
  /// The method in a line.
  public static let summary = "where the last convolution's features that raise the class's logit are"

  /// Which of the relatives.
  public enum Form: String, Sendable, CaseIterable {
    /// The method itself.
    case gradCAM = "grad-cam"
    /// Gradients place by place.
    case hiRes = "hires-cam"
    /// Positive gradients place by place.
    case layer = "layer-cam"
    /// Weights from higher derivatives.
    case plusPlus = "grad-cam++"
    /// Gradients place by place, without the rectifier at the end.
    case linear = "linear"
  }

  private let form: Form
  private let layer: Int?

  /// The method with the settings' form and layer.
  public init(_ settings: SaliencySettings) {
    form = settings.cam
    layer = settings.layer
  }

  /// The map at the layer's own size.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let choice = try LayerChoice(subject)
    let node = try layer.map { try choice.map($0) } ?? choice.lastMap(Self.name)
    let trace = try subject.run(downTo: node)
    return map(
      trace.outputs[node], try subject.signal(trace, downTo: node), score: subject.score(trace.output), layer: node)
  }

  /// The map of activations A and their gradient G, both `[1, channels, height, width]`.
  func map(_ activations: Tensor, _ gradient: Tensor, score: Double, layer: Int) -> SaliencyMap {
    let pixels = activations.shape[2] * activations.shape[3]
    let terms = Tensor(shape: activations.shape) { terms in
      for channel in 0..<activations.shape[1] {
        let places = channel * pixels..<(channel + 1) * pixels
        let a = activations.elements[places]
        let g = gradient.elements[places]
        let weight = weight(a, g)
        for place in places {
          switch form {
          case .gradCAM, .plusPlus: terms[place] = weight * a[place]
          case .hiRes, .linear: terms[place] = g[place] * a[place]
          case .layer: terms[place] = max(0, g[place]) * a[place]
          }
        }
      }
    }
    let isSigned = form == .linear
    return SaliencyMap(terms, score: score, layer: layer) {
      isSigned ? SaliencyMap.sum($0) : max(0, SaliencyMap.sum($0))
    }
  }

  /// The weight of a channel.
  private func weight(_ a: ArraySlice<Float>, _ g: ArraySlice<Float>) -> Float {
    switch form {
    case .gradCAM: return Float(g.reduce(0) { $0 + Double($1) } / Double(g.count))
    case .plusPlus:
      let sum = a.reduce(0) { $0 + Double($1) }
      var weight = 0.0
      for value in g where value > 0 {
        let square = Double(value) * Double(value)
        let cube = square * Double(value)
        weight += cube / (2 * square + sum * cube + 1e-6)
      }
      return Float(weight)
    case .hiRes, .layer, .linear: return 0
    }
  }
}
