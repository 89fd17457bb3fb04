import ArgumentParser
import Images
import Runs

/// `xai-tab image compare PICTURE`: the maps of several methods beside each other.
struct ImageCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "The maps of several methods beside each other.",
    discussion: "A method that does not fit the model is left out, and why is said.")

  @Argument(help: "The picture: a PNG or JPEG file, or one of an IDX or CIFAR-10 file (--row).")
  var picture: String

  @Option(help: ArgumentHelp("The methods to compare: all, or names set off by commas.", valueName: "names"))
  var methods = "all"

  @OptionGroup var image: ImageOptions
  @OptionGroup var saliency: SaliencyOptions
  @OptionGroup var outputs: ImageOutputs
  @OptionGroup var options: RunOptions

  func run() throws {
    let kinds = try SaliencyRequest.kinds(named: methods)
    try outputs.check(isNoneOf: image, picture: picture)
    let run = try ImageRun.open(picture: picture, image.request, options.settings)
    for note in run.notes { options.note(note) }
    Interruption.listen()
    var results: [ImageResult] = []
    for kind in kinds where !Interruption.isAsked {
      do {
        let result = try ImageResult.explain(kind, run, saliency.request)
        options.note(effortOf: result)
        results.append(result)
      } catch let error as SaliencyError {
        options.note("\(kind.name): \(error)")
        results.append(ImageResult(method: kind.name, failure: error))
      }
    }
    try PictureResults.write(comparison: results, run, to: outputs)
    Interruption.endIfAsked()
  }
}
