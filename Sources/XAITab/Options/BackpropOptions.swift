import ArgumentParser
import Images
import Runs

/// What the methods that go back through a network can be told.
struct BackpropOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The layer where the map is made, by its name or that of its output.", valueName: "name"))
  var layer: String?

  @Option(help: ArgumentHelp("The layer where the contrast is taken.", valueName: "name"))
  var contrastLayer: String?

  @Option(help: "The deviation of smooth-grad's noise, as a share of the input's range.")
  var noise = 0.15

  @Flag(help: "Let smooth-grad average squares.")
  var squared = false

  @Option(help: "The rules of lrp: epsilon, z-plus, gamma or composite.")
  var rules: Variant<LayerwiseRelevance.Rules>?

  @Option(help: "The form of grad-cam: grad-cam, hires-cam, layer-cam, grad-cam++ or linear.")
  var cam: Variant<GradCAM.Form>?

  func validate() throws {
    if !(noise >= 0 && noise.isFinite) { throw ValidationError("--noise is at least 0.") }
  }

  /// Puts what was given into the settings.
  /// - Throws: `UsageError.unknownLayer`
  func set(_ settings: inout SaliencySettings, _ run: ImageRun) throws {
    settings.layer = try layer.map { try run.node($0) }
    settings.contrast.layer = try contrastLayer.map { try run.node($0) }
    settings.smoothGrad.noise = noise
    settings.smoothGrad.squares = squared
    settings.rules = rules?.value ?? settings.rules
    settings.cam = cam?.value ?? settings.cam
  }
}

/// The name of one of a method's variants.
struct Variant<Value: RawRepresentable & CaseIterable & Sendable>: ExpressibleByArgument
where Value.RawValue == String {
  let value: Value

  init?(argument: String) {
    guard let value = Value(rawValue: argument) else { return nil }
    self.value = value
  }

  static var allValueStrings: [String] { Value.allCases.map { $0.rawValue } }
}
