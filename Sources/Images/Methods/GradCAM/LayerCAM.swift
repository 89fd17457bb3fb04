/// LayerCAM: max(0, Σ_c max(0, G_c) A_c), positive gradients place by place (Jiang et al., TIP 2021).
public struct LayerCAM: ClassActivationForm {
  /// The form's name.
  public let name = "layer-cam"

  /// The form.
  public init() {}

  /// max(0, G) A.
  public func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float] {
    zip(gradient, activations).map { max(0, $0) * $1 }
  }
}
