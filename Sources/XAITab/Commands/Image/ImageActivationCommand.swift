import ArgumentParser
import Images
import Runs

/// `xai-tab image activation-maximization`: the picture that a class, or a channel of a layer, likes best.
struct ImageActivationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activation-maximization",
    abstract: "The picture that a class, or a channel of a layer, of a network likes best.",
    discussion: """
      Examples:
        xai-tab image activation-maximization --model squeezenet.onnx --classes names.txt \
      --class goldfish --png best.png
        xai-tab image activation-maximization --model squeezenet.onnx --layer features.9 --channel 12 --png best.png
        xai-tab image activation-maximization --model digits.onnx --class 3 --form plain --png best.png

      plain climbs over pixels from the mean picture, with a penalty on their size; \
      fourier climbs over frequencies under small random
      changes of place, size and turn, which makes for clearer pictures.
      """)

  @OptionGroup var image: ImageOptions

  @Option(help: ArgumentHelp("The layer of the channel, by its name or that of its output.", valueName: "name"))
  var layer: String?

  @Option(help: ArgumentHelp("The channel of the layer, from 0.", valueName: "number"))
  var channel: Int?

  @Option(help: "Over what it climbs: fourier or plain.")
  var form: Given<ActivationMaximization.Form>?

  @Option(help: ArgumentHelp("How many steps; 512, or 200 for plain, if not given.", valueName: "number"))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      "The shorter side of fourier's picture; the network's, but at most 128, if not given.", valueName: "pixels"))
  var size: Int?

  @OptionGroup var outputs: MadePictureOutputs
  @OptionGroup var options: RunOptions

  func validate() throws {
    if let iterations, iterations < 1 { throw ValidationError("--iterations is at least 1.") }
    if let size, !(4...2048 ~= size) { throw ValidationError("--size is 4 to 2048.") }
    if (layer == nil) != (channel == nil) { throw ValidationError("--layer and --channel go together.") }
    if (image.className == nil) == (layer == nil) {
      throw ValidationError("Say what is to be made large: --class NAME, or --layer NAME --channel NUMBER.")
    }
    if image.row != nil { throw ValidationError("--row names a picture, and none is needed here.") }
  }

  func run() throws {
    try outputs.check(isNoneOf: [image.model, image.classes])
    let run = try NetworkRun(image.request, options.settings)
    for note in run.notes { options.note(note) }
    Interruption.listen()
    let (objective, name) = try run.objective(className: image.className, layer: layer, channel: channel ?? 0)
    var method = ActivationMaximization()
    method.form = form?.value ?? .fourier
    method.iterations = iterations
    method.side = size
    method.seed = options.seed
    let result = try method.maximize(
      objective, of: run.network, run.preprocessing, workers: options.workers,
      budget: options.settings.budget(seconds: outputs.timeLimit, showing: "climbing"))
    try PictureResults.write(
      MadePicture(maximized: result, run, name: name, form: method.form), to: outputs, options.settings)
    Interruption.endIfAsked()
  }
}
