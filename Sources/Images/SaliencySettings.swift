/// The settings of all methods. What several take stands here; what one alone takes is a value of its own, declared in its file.
public struct SaliencySettings: Sendable, Equatable {
  /// The node at whose output the map is made; nil: each method's own choice.
  public var layer: Int?
  /// The seed of random numbers.
  public var seed: UInt64 = 0
  /// Those of contrastive excitation backprop.
  public var contrast = ContrastiveExcitationBackprop.Settings()
  /// Those of SmoothGrad.
  public var smoothGrad = SmoothGrad.Settings()
  /// Those of integrated gradients.
  public var integratedGradients = IntegratedGradients.Settings()
  /// LRP's rules.
  public var rules = LayerwiseRelevance.Rules.composite
  /// The relative of Grad-CAM.
  public var cam = GradCAM.Form.gradCAM
  /// Those of extremal perturbation.
  public var extremal = ExtremalPerturbation.Settings()
  /// Those of meaningful perturbation.
  public var meaningful = MeaningfulPerturbation.Settings()
  /// Those of masks by real-time saliency's loss.
  public var realTime = RealTimeSaliency.Settings()
  /// Those of RISE.
  public var rise = RISE.Settings()
  /// Those of occlusion.
  public var occlusion = Occlusion.Settings()
  /// Those of LIME.
  public var lime = PictureLIME.Settings()

  /// The settings that the methods' papers give.
  public init() {}
}
