/// A relative of Grad-CAM: what it makes of a layer's activations and of the gradient of the class's logit there.
///
/// A form is one file, a conformance and an entry in `GradCAM.forms`.
public protocol ClassActivationForm: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What a channel adds to the map, place by place, from its activations A and their gradient G.
  func terms(_ activations: ArraySlice<Float>, _ gradient: ArraySlice<Float>) -> [Float]
  /// The map's value where all channels together add up to a sum.
  func value(_ sum: Float) -> Float
}

extension ClassActivationForm {
  /// The sum where it is positive, else 0: only what speaks for the class is shown.
  public func value(_ sum: Float) -> Float { max(0, sum) }
}

/// A form that is chosen by its name.
struct ClassActivationChoice: OptionValue {
  /// The form.
  let form: any ClassActivationForm

  init?(word: String) {
    guard let form = GradCAM.forms.first(where: { $0.name == word }) else { return nil }
    self.form = form
  }

  var word: String { form.name }

  static var words: [String] { GradCAM.forms.map(\.name) }
}
