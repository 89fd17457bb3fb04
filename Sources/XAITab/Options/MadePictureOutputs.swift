import ArgumentParser

/// Where a picture that was made goes, and how long its making may take.
struct MadePictureOutputs: ParsableArguments {
  @Option(help: ArgumentHelp("Write the picture to this PNG file.", valueName: "file"))
  var png: String?

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: "The form of the result: text or json.")
  var format = ImageOutputs.Format.text

  @Option(
    help: ArgumentHelp("Stop after so many seconds with what there is; Ctrl-C does the same.", valueName: "seconds"))
  var timeLimit: Double?

  func validate() throws {
    try TimeLimit.check(timeLimit)
    if png == nil, html == nil {
      throw ValidationError("The result is a picture: say where it goes, --png FILE or --html FILE.")
    }
  }

  /// Refuses outputs that are inputs.
  /// - Throws: `UsageError.overwritesInput`
  func check(isNoneOf inputs: [String?]) throws {
    try OutputFile.check([png, html].compactMap { $0 }, isNoneOf: inputs.compactMap { $0 })
  }
}
