/// All methods, in the order in which they are shown.
public enum SaliencyMethods {
  /// The methods.
  public static let all: [any SaliencyMethod.Type] = [
    Gradient.self,
    GradientTimesInput.self,
    SmoothGrad.self,
    IntegratedGradients.self,
    Deconvnet.self,
    GuidedBackprop.self,
    GradCAM.self,
    GuidedGradCAM.self,
    ExcitationBackprop.self,
    ContrastiveExcitationBackprop.self,
    LayerwiseRelevance.self,
    ExtremalPerturbation.self,
    MeaningfulPerturbation.self,
    RealTimeSaliency.self,
    RISE.self,
    Occlusion.self,
    PictureLIME.self,
  ]

  /// The method of the given name; nil where there is none.
  public static func named(_ name: String) -> (any SaliencyMethod.Type)? { all.first { $0.name == name } }

  /// The options of all methods, each once, in the order in which methods name them.
  public static let options: [any DeclaredOption] = {
    var parts: [String: [String]] = [:]
    var options: [any DeclaredOption] = []
    for (option, part) in all.flatMap({ $0.options }) {
      if parts[option.name] == nil { options.append(option) }
      parts[option.name, default: []] += part.map { [$0] } ?? []
    }
    return options.map { $0.completed(by: parts[$0.name] ?? []) }
  }()

  /// Methods of some kinds, with what options say of them, and a seed.
  ///
  /// All methods are told, so that an option that cannot be is named whichever methods are asked for.
  /// - Throws: `OptionError`, and what the context throws.
  public static func told(
    _ values: OptionValues, of kinds: [any SaliencyMethod.Type] = all, seed: UInt64, in context: OptionContext
  ) throws -> [any SaliencyMethod] {
    let methods = try all.map { try $0.told(values, in: context).seeded(seed) }
    return kinds.compactMap { kind in methods.first { type(of: $0) == kind } }
  }
}
