import ArgumentParser

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
}
