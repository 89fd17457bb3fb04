/// Grad-CAM++: Grad-CAM with w_c = Σ a_c max(0, G_c), where a = G² / (2 G² + G³ Σ A_c) (Chattopadhay et al., arXiv
/// 1710.11063, eq. 19).
public struct GradCAMPlusPlus: ClassActivationForm {
  /// The form's name.
  public let name = "grad-cam++"

  /// The form.
  public init() {}

  /// w A.
  public func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float] {
    let sum = activations.reduce(0) { $0 + Double($1) }
    var weight = 0.0
    for value in gradient where value > 0 {
      let square = Double(value) * Double(value)
      let cube = square * Double(value)
      // The small number keeps quotients of tiny gradients finite.
      weight += cube / (2 * square + sum * cube + 1e-6)
    }
    let factor = Float(weight)
    return activations.map { factor * $0 }
  }
}
