import Networks
import Tensors
import Testing

@testable import Images

/// The methods against TorchRay on the same network.
@Suite struct TorchRayTests {
  /// A method, and the name of TorchRay's map.
  private static let cases: [(method: any SaliencyMethod, reference: String)] = {
    let (four, six) = (TorchRayNetwork.node("features.4"), TorchRayNetwork.node("features.6"))
    return [
      (Gradient(), "gradient"), (Deconvnet(), "deconvnet"), (GuidedBackprop(), "guided_backprop"),
      (GradCAM(layer: six), "grad_cam.features.6"),
      (GradCAM(form: LinearApproximation(), layer: six), "linear_approx.features.6"),
      (ExcitationBackprop(layer: four), "ebp.features.4"), (ExcitationBackprop(layer: six), "ebp.features.6"),
      (
        ContrastiveExcitationBackprop(layer: four, contrastLayer: TorchRayNetwork.node("features.7")),
        "cebp.features.4.contrast.features.7"
      ),
      (
        ContrastiveExcitationBackprop(layer: four, contrastLayer: TorchRayNetwork.node("classifier.1")),
        "cebp.features.4.contrast.classifier.1"
      ),
    ]
  }()

  @Test func theNetworkIsTheSame() {
    #expect(TorchRayReference.error("input", TorchRayNetwork.input.elements) < 1e-6)
    #expect(
      TorchRayReference.error("logits", TorchRayNetwork.network.forward(TorchRayNetwork.input).output.elements) < 1e-5)
  }

  @Test(arguments: 0..<9) func everyMapIsTorchRays(number: Int) throws {
    let (method, reference) = Self.cases[number]
    let map = try method.explain(TorchRayNetwork.subject)
    #expect(TorchRayReference.error(reference, map.values) < 1e-4, "\(reference)")
  }

  @Test func theContrastIsBelowTheClassifierByDefault() throws {
    let map = try ContrastiveExcitationBackprop(layer: TorchRayNetwork.node("features.4")).explain(
      TorchRayNetwork.subject)
    #expect(TorchRayReference.error("cebp.features.4.contrast.classifier.1", map.values) < 1e-4)
  }
}
