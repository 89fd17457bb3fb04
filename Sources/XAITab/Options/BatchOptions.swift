import ArgumentParser
import Runs
import Tensors

/// How a long result is written, row by row.
struct BatchOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write to this file instead of standard output, under FILE.part until all rows are there.", valueName: "file"))
  var output: String?

  @Flag(help: "Go on behind the last whole line that an interrupted run left in FILE.part.")
  var resume = false

  @Option(help: ArgumentHelp("Stop after so many seconds, behind a whole row.", valueName: "seconds"))
  var timeLimit: Double?

  @Option(
    help: ArgumentHelp(
      "The number of the first row, where the rows are a part of a larger table.", valueName: "number"))
  var firstRow = 1

  func validate() throws {
    if firstRow < 1 { throw ValidationError("--first-row is at least 1.") }
    if resume && output == nil { throw ValidationError("--resume goes with --output FILE.") }
    try TimeLimit.check(timeLimit)
  }

  /// Ends the command where the rows are not read batch by batch.
  /// - Throws: `UsageError`
  func refuse() throws {
    if output != nil || timeLimit != nil || firstRow != 1 {
      throw UsageError.contradiction(
        "--output, --resume, --time-limit and --first-row go with all rows, line by line, of a model that "
          + "`xai-tab train` saved")
    }
  }

  /// The budget of a batch, from now on: the time limit, and a bar on a terminal. Ctrl-C is no part of it: it ends the
  /// program between two lines, and those that are written stay.
  func budget(_ options: RunOptions, showing work: String) -> Budget {
    Budget(deadline: TimeLimit.deadline(timeLimit), progress: options.progress(sharing: work))
  }
}

extension Budget {
  /// Says how much of a table has been read.
  func report(_ source: BatchRun<some TableBinding>) {
    if let (done, size) = source.progress, done < size { report(done: done, of: size) }
  }

  /// Says that all is done, which takes a bar away.
  func reportEnd() { report(done: 1, of: 1) }
}
