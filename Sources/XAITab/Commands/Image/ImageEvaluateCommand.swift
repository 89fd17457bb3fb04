import ArgumentParser
import Presentation
import Reports
import Runs
import Tensors

/// `xai-tab image evaluate FOLDER`: which method's maps to believe.
struct ImageEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "How good the maps of several methods are, over the pictures of a folder.",
    discussion: """
      Examples:
        xai-tab image evaluate photos --model squeezenet.onnx --methods grad-cam,rise,lime
        xai-tab image evaluate photos --model squeezenet.onnx --classes names.txt --boxes boxes.csv --html table.html
        xai-tab image evaluate photos --model squeezenet.onnx --measures all --time-limit 600 --format json

      Each picture is explained for its likeliest class (--class for another one). boxes.csv has the columns picture, \
      class, xmin, ymin,
      xmax, ymax, in pixels of the file from 1, and difficult (0 or 1) if it likes. \
      A map from the middle outwards stands beside the methods.
      A picture that cannot be read ends the run before it begins; --skip-bad names it and goes on. \
      --time-limit and Ctrl-C end with the
      last whole picture.
      """)

  @Argument(help: "The folder; its files that end in .png, .jpg or .jpeg are taken.")
  var folder: String

  @Option(
    help: ArgumentHelp(
      "The methods: all, or names set off by commas; gradient,guided-backprop,grad-cam,excitation-backprop for a "
        + "network if not given, lime,occlusion for any other model.", valueName: "names"))
  var methods: String?

  @Option(
    help: ArgumentHelp(
      "The measures: deletion, insertion, infidelity and pointing (with --boxes) if not given; sensitivity and "
        + "randomisation, which make more maps; all.", valueName: "names"))
  var measures: String?

  @Option(help: ArgumentHelp("A CSV file of the objects in the pictures, for pointing.", valueName: "file"))
  var boxes: String?

  @Option(help: "In how many steps deletion and insertion go; 224 in the authors' figures for single pictures.")
  var steps = 28

  @Flag(help: "Leave out pictures that cannot be read, and say so.")
  var skipBad = false

  @OptionGroup var image: ImageOptions
  @OptionGroup var saliency: SaliencyOptions
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: "The form of the result: text or json.")
  var format = ImageOutputs.Format.text

  func validate() throws {
    if !(1...10_000 ~= steps) { throw ValidationError("--steps is 1 to 10000.") }
    if image.row != nil { throw ValidationError("--row names one picture of a file; image evaluate takes a folder.") }
    if saliency.check { throw ValidationError("--check is --measures randomisation here.") }
  }

  func run() throws {
    Interruption.listen()
    let kinds = try methods.map { try SaliencyRequest.kinds(named: $0) }
    let measures = try chosenMeasures()
    if let html {
      try OutputFile.check(html, isNoneOf: [image.model, image.classes, boxes].compactMap { $0 })
    }
    let run = try ImageEvaluationRun.run(
      PictureFolder(folder), kinds, measures, steps: steps, boxes: boxes, skipsBad: skipBad, image: image.request,
      saliency: saliency.request, options: options.settings)
    if run.ending != .finished {
      options.note("stopped after \(run.measured.count) of \(run.planned) pictures")
    }
    // A table of nothing is no result.
    if run.measured.isEmpty { Interruption.endIfAsked() }
    let result = ImageEvaluationJSON(run)
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(ImageEvaluationText(result: result).text)
    case .json: try Terminal.write(JSONText.text(result))
    }
    Interruption.endIfAsked()
  }

  private func chosenMeasures() throws -> [ImageEvaluationRun.Measure] {
    let usual: [ImageEvaluationRun.Measure] = [.deletion, .insertion, .infidelity]
    guard let measures else { return usual + (boxes == nil ? [] : [.pointing]) }
    if measures == "all" { return ImageEvaluationRun.Measure.allCases.filter { $0 != .pointing || boxes != nil } }
    let chosen = try measures.split(separator: ",").map { name in
      guard let measure = ImageEvaluationRun.Measure(rawValue: String(name)) else {
        throw UsageError.unknownMeasure(name: String(name), names: ImageEvaluationRun.Measure.allCases.map(\.rawValue))
      }
      return measure
    }
    if chosen.contains(.pointing), boxes == nil {
      throw UsageError.contradiction("pointing needs the objects' boxes: --boxes FILE")
    }
    if boxes != nil, !chosen.contains(.pointing) {
      throw UsageError.contradiction("--boxes is for pointing, which --measures leaves out")
    }
    return ImageEvaluationRun.Measure.allCases.filter { chosen.contains($0) }
  }
}
