import Networks
import Tensors

/// Grad-CAM and its relatives: a map from a layer's activations A and the gradient G of the class's logit there. The
/// relatives have files of their own, and differ in what each channel adds to the map.
public struct GradCAM: SaliencyMethod {
  /// The method's name.
  public static let name = "grad-cam"
  /// The method in a line.
  public static let summary = "where the last convolution's features that raise the class's logit are"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .layer(\.layer), MethodParameter(cam) { method, choice, _ in method.form = choice.form },
  ]

  /// The forms of Grad-CAM.
  public static let forms: [any ClassActivationForm] = [
    MeanGradient(),
    HiResCAM(),
    LayerCAM(),
    GradCAMPlusPlus(),
    LinearApproximation(),
  ]

  /// The option for the form.
  static let cam = MethodOption<ClassActivationChoice>(
    "cam",
    "The form of grad-cam: \(forms.dropLast().map { $0.name }.joined(separator: ", ")) or "
      + "\(forms[forms.count - 1].name).")

  /// What each channel adds to the map.
  public var form: any ClassActivationForm
  /// The node at whose output the map is made; nil: what the classifier sees.
  public var layer: Int?

  /// Grad-CAM itself, of what the classifier sees.
  public init() { self.init(form: MeanGradient()) }

  /// A form of Grad-CAM at a layer.
  public init(form: any ClassActivationForm = MeanGradient(), layer: Int? = nil) {
    self.form = form
    self.layer = layer
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
    let terms = (0..<activations.shape[1]).flatMap { channel in
      let places = channel * pixels..<(channel + 1) * pixels
      return form.terms(activations.elements[places], gradient.elements[places])
    }
    return SaliencyMap(Tensor(shape: activations.shape, elements: terms), score: score, layer: layer) {
      form.value(SaliencyMap.sum($0))
    }
  }
}
