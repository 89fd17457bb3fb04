import ArgumentParser
import DataFrames
import Images

/// Where a picture that was made goes.
struct MadePictureOutputs: ParsableArguments {
  @Option(help: ArgumentHelp("Write the picture to this PNG file.", valueName: "file"))
  var png: String?

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: "The form of the result: text or json.")
  var format = ImageOutputs.Format.text

  func validate() throws {
    if png == nil, html == nil {
      throw ValidationError("The result is a picture: say where it goes, --png FILE or --html FILE.")
    }
  }

  static func check(timeLimit: Double?) throws {
    if let timeLimit, !(timeLimit > 0 && timeLimit <= 1e6) { throw ValidationError("--time-limit is above 0.") }
  }

  /// Refuses outputs that are inputs.
  /// - Throws: `UsageError.overwritesInput`
  func check(isNoneOf inputs: [String?]) throws {
    for output in [png, html].compactMap({ $0 }) {
      try OutputFile.check(output, isNoneOf: inputs.compactMap { $0 })
    }
  }
}

extension Budget {
  /// A budget from now on: a time limit, a bar on a terminal, and Ctrl-C.
  static func onTerminal(_ options: RunOptions, timeLimit: Double?, showing work: String) -> Budget {
    Interruption.listen()
    let deadline = timeLimit.map { ContinuousClock.now + .seconds($0) }
    var progress: Progress?
    if !options.quiet, let bar = ProgressBar(work) { progress = { done, total in bar.show(done, of: total) } }
    return Budget(deadline: deadline, progress: progress, isInterrupted: { Interruption.isAsked })
  }
}
