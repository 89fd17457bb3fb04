/// All methods, in the order in which they are shown.
public enum SaliencyMethods {
  /// The methods.
  public static let all: [any SaliencyMethod.Type] = [
    Gradient.self, GradientTimesInput.self, SmoothGrad.self, IntegratedGradients.self, Deconvnet.self,
    GuidedBackprop.self, GradCAM.self, GuidedGradCAM.self, ExcitationBackprop.self,
    ContrastiveExcitationBackprop.self, LayerwiseRelevance.self, ExtremalPerturbation.self, MeaningfulPerturbation.self,
    RealTimeSaliency.self, RISE.self, Occlusion.self, PictureLIME.self,
  ]

  /// The method of the given name; nil where there is none.
  public static func named(_ name: String) -> (any SaliencyMethod.Type)? { all.first { $0.name == name } }
}
