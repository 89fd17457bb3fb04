import Networks
import Tensors

/// Guided Grad-CAM: guided backpropagation at the picture times Grad-CAM, brought to the picture's size (Selvaraju et
/// al., arXiv 1610.02391, section 3.2).
public struct GuidedGradCAM: SaliencyMethod {
  /// The method's name.
  public static let name = "guided-grad-cam"
  /// The method in a line.
  public static let summary = "guided backprop where Grad-CAM looks"
  /// What can be set.
  public static let parameters: [MethodParameter<Self>] = [
    .layer(\.gradCAM.layer), MethodParameter(GradCAM.cam) { method, choice, _ in method.gradCAM.form = choice.form },
  ]

  /// Where guided backprop is shown.
  public var gradCAM = GradCAM()

  /// Grad-CAM itself, of what the classifier sees.
  public init() {}

  /// The largest size over the channels, times the map.
  public func explain(_ subject: Subject) throws -> SaliencyMap {
    let choice = try LayerChoice(subject)
    let node = try gradCAM.layer.map { try choice.map($0) } ?? choice.lastMap(Self.name)
    let trace = try subject.run()
    let score = subject.score(trace.output)
    let map = gradCAM.map(
      trace.outputs[node], try subject.signal(trace, downTo: node), score: score, layer: node)
    let guided = try subject.signal(trace, using: GuidedBackprop.Rule())
    let (height, width) = (guided.shape[2], guided.shape[3])
    let weights = map.resized(height: height, width: width)
    let product = Tensor(shape: guided.shape) { product in
      for place in 0..<product.count { product[place] = guided.elements[place] * weights[place % (height * width)] }
    }
    return SaliencyMap(product, score: score, layer: 0, SaliencyMap.largest)
  }
}
