import ArgumentParser
import Images
import Tensors

/// What the methods can be told, each its own, and how long they may take.
struct SaliencyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many noisy copies smooth-grad takes (25), how many samples lime (1000).", valueName: "number"))
  var samples: Int?

  @Option(
    help: ArgumentHelp(
      "How many steps a method takes: integrated-gradients (50), extremal (800), meaningful (300), real-time (200).",
      valueName: "number"))
  var iterations: Int?

  @OptionGroup var backprop: BackpropOptions
  @OptionGroup var perturbation: PerturbationOptions
  @OptionGroup var lime: LimeImageOptions

  @Option(
    help: ArgumentHelp(
      "Stop a method after so many seconds, with the best map so far; Ctrl-C does the same.", valueName: "seconds"))
  var timeLimit: Double?

  @Flag(help: "Draw the network's weights anew and say how far the map stays the same.")
  var check = false

  func validate() throws {
    if let samples, samples < 1 { throw ValidationError("--samples is at least 1.") }
    if let iterations, iterations < 1 { throw ValidationError("--iterations is at least 1.") }
    try TimeLimit.check(timeLimit)
  }

  /// The settings of the methods.
  /// - Throws: `UsageError`
  func settings(_ run: ImageRun) throws -> SaliencySettings {
    var settings = SaliencySettings()
    settings.seed = run.run.seed
    settings.smoothGrad.samples = samples ?? settings.smoothGrad.samples
    settings.integratedGradients.steps = iterations ?? settings.integratedGradients.steps
    settings.extremal.iterations = iterations ?? settings.extremal.iterations
    settings.meaningful.iterations = iterations ?? settings.meaningful.iterations
    settings.realTime.iterations = iterations ?? settings.realTime.iterations
    try backprop.set(&settings, run)
    perturbation.set(&settings)
    settings.lime.samples = samples ?? settings.lime.samples
    try lime.set(&settings, run)
    return settings
  }

  /// A method's budget, from now on: the time limit, a bar on a terminal, and Ctrl-C.
  func budget(_ options: RunOptions, showing work: String) -> Budget {
    options.budget(timeLimit: timeLimit, showing: work)
  }

  /// The method of a name.
  /// - Throws: `UsageError.unknownMethod`
  static func method(_ name: String) throws -> any SaliencyMethod.Type {
    guard let method = SaliencyMethods.named(name) else {
      throw UsageError.unknownMethod(name: name, names: SaliencyMethods.all.map { $0.name } + ["list", "compare"])
    }
    return method
  }

  /// The methods of a list of names, or all.
  /// - Throws: `UsageError.unknownMethod`
  static func methods(_ names: String) throws -> [any SaliencyMethod.Type] {
    try names == "all" ? SaliencyMethods.all : names.split(separator: ",").map { try method(String($0)) }
  }
}
