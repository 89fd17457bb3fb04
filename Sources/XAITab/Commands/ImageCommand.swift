import ArgumentParser
import DataFrames
import Images
import Reports
import Tensors

/// `xai-tab image`: which parts of a picture speak for a class.
struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image",
    abstract: "Which parts of a picture speak for a class: maps of a convolutional network.",
    discussion: """
      Examples:
        xai-tab image list                                          the methods, each in a line
        xai-tab image grad-cam cat.jpg --model squeezenet.onnx --classes names.txt --png why.png
        xai-tab image lrp cat.jpg --model squeezenet.onnx --class "tabby" --html why.html
        xai-tab image compare cat.jpg --model squeezenet.onnx --methods all --check --png grid.png

      The network is an ONNX file that takes one picture [N, channels, height, width] and gives logits. A picture of another size
      is resized and cropped as torchvision does; what is done to it is said.
      """)

  @Argument(help: "The method; list: all methods; compare: several beside each other.")
  var method: String

  @Argument(help: "The picture, a PNG or JPEG file.")
  var picture: String?

  @OptionGroup var image: ImageOptions
  @OptionGroup var options: RunOptions

  @Option(
    help: ArgumentHelp("Write the map over the picture to this PNG file; for compare the grid.", valueName: "file"))
  var png: String?

  @Option(help: ArgumentHelp("Write the map alone, in the layer's own size, to this PNG file.", valueName: "file"))
  var heat: String?

  @Option(help: ArgumentHelp("Write the raw values to this NumPy file.", valueName: "file"))
  var npy: String?

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("The methods to compare: all, or names set off by commas.", valueName: "names"))
  var methods = "all"

  @Flag(help: "Draw the network's weights anew and say how far each map stays the same.")
  var check = false

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  func run() throws {
    if method == "list" { return try Terminal.write(ImageText.list()) }
    let names = method == "compare" ? chosen : [method]
    let chosen = try names.map { name in
      guard let kind = SaliencyMethods.named(name) else {
        throw UsageError.unknownMethod(name: name, names: SaliencyMethods.all.map { $0.name } + ["list", "compare"])
      }
      return kind
    }
    guard let picture else { throw UsageError.contradiction("image \(method) needs a PICTURE") }
    for output in [png, heat, npy, html].compactMap({ $0 }) {
      try OutputFile.check(output, isNoneOf: [picture] + [image.model, image.classes].compactMap { $0 })
    }
    let run = try ImageRun(picture: picture, image, options)
    for note in run.notes { options.note(note) }
    let isComparison = method == "compare"
    if isComparison, heat != nil || npy != nil {
      throw UsageError.contradiction("--heat and --npy go with a single method")
    }
    let results = try chosen.map { try result($0, run, mayFail: isComparison) }
    try write(results, run, isComparison: isComparison)
    switch format {
    case .text: try Terminal.write(ImageText.text(run, results))
    case .json:
      try Terminal.write(
        isComparison
          ? JSONText.text(ImageComparisonJSON(run, results)) : JSONText.text(ImageJSON(run, results[0])))
    }
  }

  /// The methods that are compared.
  private var chosen: [String] {
    methods == "all" ? SaliencyMethods.all.map { $0.name } : methods.split(separator: ",").map { String($0) }
  }

  /// The map of a method; where it `mayFail`, why there is none.
  private func result(_ kind: any SaliencyMethod.Type, _ run: ImageRun, mayFail: Bool) throws -> ImageResult {
    let method = kind.init(try run.settings())
    do {
      let map = try method.explain(run.subject)
      let sanity = check ? try SanityCheck(method, run.subject, map: map, seed: options.seed) : nil
      return ImageResult(method: kind.name, map: map, sanity: sanity, failure: nil)
    } catch let error as SaliencyError where mayFail {
      options.note("\(kind.name): \(error)")
      return ImageResult(method: kind.name, map: nil, sanity: nil, failure: error)
    }
  }

  private func write(_ results: [ImageResult], _ run: ImageRun, isComparison: Bool) throws {
    if let png {
      let pictures = results.compactMap { $0.overlay(run) }
      let picture = isComparison ? PictureGrid.picture([run.seen] + pictures, columns: 4) : pictures.first
      if let picture { try AtomicFile.write(picture.png(), to: png) }
    }
    if let map = results.first?.map {
      if let heat {
        try AtomicFile.write(HeatColors.picture(map.values, width: map.width, height: map.height).png(), to: heat)
      }
      if let npy { try AtomicFile.write(NumPyFile.bytes(map.values, shape: [map.height, map.width]), to: npy) }
    }
    if let html {
      let json =
        isComparison
        ? try JSONText.text(ImageComparisonJSON(run, results)) : try JSONText.text(ImageJSON(run, results[0]))
      try PageFile.write(ImageMaps(json: json), to: html, options)
    }
  }
}

/// What a method made of a picture.
struct ImageResult {
  let method: String
  let map: SaliencyMap?
  let sanity: SanityCheck?
  /// Why there is no map.
  let failure: SaliencyError?

  /// The map over the picture that the network sees.
  func overlay(_ run: ImageRun) -> Picture? {
    map.map { map in
      HeatColors.overlay(map.resized(height: run.seen.height, width: run.seen.width), on: run.seen)
    }
  }
}
