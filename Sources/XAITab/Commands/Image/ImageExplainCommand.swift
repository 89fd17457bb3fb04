import ArgumentParser
import DataFrames
import Images
import Runs

/// `xai-tab image METHOD PICTURE`: the map of one method.
struct ImageExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "The map of one method; the word itself may be left out.",
    usage: "xai-tab image <method> <picture> --model <file> [<options>]")

  @Argument(help: "The method; `xai-tab image list` names them.")
  var method: String

  @Argument(help: "The picture: a PNG or JPEG file, or one of an IDX or CIFAR-10 file (--row).")
  var picture: String?

  @OptionGroup var image: ImageOptions
  @OptionGroup var saliency: SaliencyOptions
  @OptionGroup var outputs: ImageOutputs
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("Write the map alone, in its own size, to this PNG file.", valueName: "file"))
  var heat: String?

  @Option(help: ArgumentHelp("Write the raw values to this NumPy file.", valueName: "file"))
  var npy: String?

  func run() throws {
    let kind = try SaliencyRequest.kind(named: method)
    guard let picture else { throw UsageError.contradiction("image \(method) needs a PICTURE") }
    try outputs.check(beside: [heat, npy], isNoneOf: image, picture: picture)
    let run = try ImageRun.open(picture: picture, image.request, options.settings)
    for note in run.notes { options.note(note) }
    Interruption.listen()
    let result = try ImageResult.explain(kind, run, saliency.request)
    options.note(effortOf: result)
    if let map = result.map {
      if let heat {
        try AtomicFile.write(HeatColors.picture(map.drawn.values, width: map.width, height: map.height).png(), to: heat)
      }
      if let npy { try AtomicFile.write(NumPyFile.bytes(map.values, shape: [map.height, map.width]), to: npy) }
    }
    try PictureResults.write(result, run, to: outputs)
    Interruption.endIfAsked()
  }
}
