import ArgumentParser
import Images

/// A network over pictures, how a picture enters it, and what is asked of it.
struct ImageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The network, an ONNX file.", valueName: "file"))
  var model: String?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("The class, by its name or its place from 0; the likeliest if not given."))
  var className: String?

  @Option(help: ArgumentHelp("A file with the names of the classes, one a line.", valueName: "file"))
  var classes: String?

  @Option(help: ArgumentHelp("The layer where the map is made, by its name or that of its output.", valueName: "name"))
  var layer: String?

  @Option(help: ArgumentHelp("The layer where the contrast is taken.", valueName: "name"))
  var contrastLayer: String?

  @Option(help: ArgumentHelp("What is taken off each channel, such as 0.485,0.456,0.406, or one number for all."))
  var mean: NumberList?

  @Option(help: ArgumentHelp("What each channel is divided by."))
  var std: NumberList?

  @Option(help: ArgumentHelp("What samples from 0 to 255 are multiplied with first; 1/255 if not given."))
  var scale: NumberList?

  @Option(help: "The noisy copies of smooth-grad.")
  var samples = 25

  @Option(help: "The deviation of smooth-grad's noise, as a share of the input's range.")
  var noise = 0.15

  @Flag(help: "Let smooth-grad average squares.")
  var squared = false

  @Option(help: ArgumentHelp("The steps of integrated-gradients.", valueName: "number"))
  var iterations = 50

  @Option(help: "The rules of lrp: epsilon, z-plus, gamma or composite.")
  var rules: Variant<LayerwiseRelevance.Rules>?

  @Option(help: "The form of grad-cam: grad-cam, hires-cam, layer-cam, grad-cam++ or linear.")
  var cam: Variant<GradCAM.Form>?

  func validate() throws {
    if samples < 1 { throw ValidationError("--samples is at least 1.") }
    if iterations < 1 { throw ValidationError("--iterations is at least 1.") }
    if !(noise >= 0 && noise.isFinite) { throw ValidationError("--noise is at least 0.") }
    if let std, std.numbers.contains(0) { throw ValidationError("--std is not 0.") }
    if let scale, scale.numbers.count != 1 { throw ValidationError("--scale is one number.") }
  }
}

/// Numbers such as `0.5,1/255`.
struct NumberList: ExpressibleByArgument, Equatable {
  let numbers: [Double]

  init?(argument: String) {
    var numbers: [Double] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let terms = part.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
      guard (1...2).contains(terms.count), let number = terms[0], let divisor = terms.count == 2 ? terms[1] : 1 else {
        return nil
      }
      let value = number / divisor
      guard value.isFinite else { return nil }
      numbers.append(value)
    }
    self.numbers = numbers
  }

  /// One number for each channel; nil where there are others.
  func perChannel(_ channels: Int) -> [Double]? {
    if numbers.count == channels { return numbers }
    return numbers.count == 1 ? [Double](repeating: numbers[0], count: channels) : nil
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
