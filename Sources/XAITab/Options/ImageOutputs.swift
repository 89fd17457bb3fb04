import ArgumentParser
import DataFrames
import Images
import Presentation
import Runs

/// Where maps of a picture go.
struct ImageOutputs: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Option(
    help: ArgumentHelp("Write the map over the picture to this PNG file; for compare the grid.", valueName: "file"))
  var png: String?

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  /// Refuses outputs that are inputs.
  /// - Throws: `UsageError.overwritesInput`, and `FileError` for a path that cannot be looked at.
  func check(beside others: [String?] = [], isNoneOf image: ImageOptions, picture: String) throws {
    try OutputFile.check(
      ([png, html] + others).compactMap { $0 }, isNoneOf: [picture] + [image.model, image.classes].compactMap { $0 })
  }

  /// Writes a picture of the maps, and a page.
  /// - Throws: `FileError.cannotWrite`
  func write(_ run: ImageRun, _ results: [ImageResult], isComparison: Bool = false, picture: Picture?) throws {
    if let png, let picture { try AtomicFile.write(picture.png(), to: png) }
    if let html {
      let json =
        isComparison
        ? try JSONText.text(ImageComparisonJSON(run, results)) : try JSONText.text(ImageJSON(run, results[0]))
      try PageFile.write(ImageMaps(json: json), to: html, run.run)
    }
  }
}
