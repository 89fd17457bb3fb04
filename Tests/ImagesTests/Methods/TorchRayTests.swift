import Networks
import Tensors
import Testing

@testable import Images

/// The methods against TorchRay on the same network.
@Suite struct TorchRayTests {
  /// A method, its settings, and the name of TorchRay's map.
  private static func settings(_ layer: String? = nil, contrast: String? = nil) -> SaliencySettings {
    var settings = SaliencySettings()
    settings.layer = layer.map { TorchRayNetwork.node($0) }
    settings.contrast.layer = contrast.map { TorchRayNetwork.node($0) }
    return settings
  }

  private static let cases: [(method: any SaliencyMethod, reference: String)] = {
    var linear = settings("features.6")
    linear.cam = .linear
    return [
      (Gradient(settings()), "gradient"), (Deconvnet(settings()), "deconvnet"),
      (GuidedBackprop(settings()), "guided_backprop"), (GradCAM(settings("features.6")), "grad_cam.features.6"),
      (GradCAM(linear), "linear_approx.features.6"), (ExcitationBackprop(settings("features.4")), "ebp.features.4"),
      (ExcitationBackprop(settings("features.6")), "ebp.features.6"),
      (
        ContrastiveExcitationBackprop(settings("features.4", contrast: "features.7")),
        "cebp.features.4.contrast.features.7"
      ),
      (
        ContrastiveExcitationBackprop(settings("features.4", contrast: "classifier.1")),
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
    let map = try ContrastiveExcitationBackprop(Self.settings("features.4")).explain(TorchRayNetwork.subject)
    #expect(TorchRayReference.error("cebp.features.4.contrast.classifier.1", map.values) < 1e-4)
  }
}
