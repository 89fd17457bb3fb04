/// The linear approximation: Σ_c G_c A_c with its sign, as in TorchRay.
public struct LinearApproximation: ClassActivationForm {
  /// The form's name.
  public let name = "linear"

  /// The form.
  public init() {}

  /// G A.
  public func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float] {
    HiResCAM().terms(activations, gradient)
  }

  /// The sum itself.
  public func value(_ sum: Float) -> Float { sum }
}
