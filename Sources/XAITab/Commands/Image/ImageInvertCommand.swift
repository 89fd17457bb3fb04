import ArgumentParser
import Images
import Runs

/// `xai-tab image invert PICTURE --layer L`: a picture that a layer cannot tell from the given one.
struct ImageInvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invert",
    abstract: "A picture that a layer of a network cannot tell from the given one: what the layer keeps.",
    discussion: """
      Examples:
        xai-tab image invert cat.jpg --model squeezenet.onnx --layer features.5 --png kept.png
        xai-tab image invert t10k-images-idx3-ubyte.gz --row 3 --model digits.onnx --png kept.png --restarts 4

      From noise, a picture is brought by gradient descent to the same output of the layer; \
      total variation keeps it smooth. The error is
      |output - wanted| / |wanted|. The best of several starts is written.
      """)

  @Argument(help: "The picture: a PNG or JPEG file, or one of an IDX or CIFAR-10 file (--row).")
  var picture: String

  @OptionGroup var image: ImageOptions

  @Option(
    help: ArgumentHelp(
      "The layer, by its name or that of its output; the last with places if not given.", valueName: "name"))
  var layer: String?

  @Option(help: "How many starts go on side by side.")
  var restarts = 2

  @Option(help: "How many steps each takes.")
  var iterations = 400

  @Option(
    help: ArgumentHelp(
      "How much total variation counts; 1, 10 or 100 by the layer's depth if not given.", valueName: "number"))
  var totalVariation: Double?

  @OptionGroup var outputs: MadePictureOutputs
  @OptionGroup var options: RunOptions

  func validate() throws {
    if !(1...64 ~= restarts) { throw ValidationError("--restarts is 1 to 64.") }
    if iterations < 1 { throw ValidationError("--iterations is at least 1.") }
    if let totalVariation, !(totalVariation >= 0 && totalVariation <= 1e6) {
      throw ValidationError("--total-variation is 0 to 1000000.")
    }
  }

  func run() throws {
    try outputs.check(isNoneOf: [picture, image.model, image.classes])
    let run = try ImageRun.open(picture: picture, image.request, options.settings)
    for note in run.notes { options.note(note) }
    Interruption.listen()
    let network = try run.subject.network
    let node = try layer.map { try run.node($0) } ?? Inversion.usualLayer(run.subject)
    var inversion = Inversion()
    inversion.restarts = restarts
    inversion.iterations = iterations
    inversion.totalVariation = totalVariation
    inversion.seed = options.seed
    let result = try inversion.invert(
      node, of: network, for: run.subject.input, run.preprocessing, workers: options.workers,
      budget: options.settings.budget(seconds: outputs.timeLimit, showing: "inverting"))
    try PictureResults.write(
      MadePicture(inverted: result, run, layer: run.layerName(node)), to: outputs, options.settings)
    Interruption.endIfAsked()
  }
}
