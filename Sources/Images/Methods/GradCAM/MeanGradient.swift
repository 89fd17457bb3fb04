/// Grad-CAM itself: max(0, Σ_c w_c A_c) with w_c the mean of G_c over the places (Selvaraju et al., arXiv 1610.02391,
/// eq. 1 and 2).
public struct MeanGradient: ClassActivationForm {
  /// The form's name.
  public let name = "grad-cam"

  /// The form.
  public init() {}

  /// w A.
  public func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float] {
    let weight = Float(gradient.reduce(0) { $0 + Double($1) } / Double(gradient.count))
    return activations.map { weight * $0 }
  }
}
