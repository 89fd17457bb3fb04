/// HiResCAM: max(0, Σ_c G_c A_c), gradients place by place (Draelos & Carin, arXiv 2011.08891).
public struct HiResCAM: ClassActivationForm {
  /// The form's name.
  public let name = "hires-cam"

  /// The form.
  public init() {}

  /// G A.
  public func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float] {
    zip(gradient, activations).map { $0 * $1 }
  }
}
