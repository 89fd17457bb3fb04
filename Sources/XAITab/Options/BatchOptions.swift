import ArgumentParser
import Runs

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
        "--output, --resume, --time-limit and --first-row go with all rows, line by line, of a model that `xai-tab train` "
          + "saved")
    }
  }
}

/// When a batch has to stop, and how far it is.
struct BatchClock {
  private let end: ContinuousClock.Instant?
  private let bar: ProgressBar?

  /// A clock that starts now.
  init(_ batch: BatchOptions, _ options: RunOptions, showing work: String) {
    end = TimeLimit.deadline(batch.timeLimit)
    bar = options.quiet ? nil : ProgressBar(work, shares: true)
  }

  /// Whether the time is over; draws the bar.
  func isOver(_ source: BatchRun<some TableBinding>) -> Bool {
    if let (done, size) = source.progress, done < size { bar?.show(done, of: size) }
    return end.map { .now >= $0 } ?? false
  }

  /// Takes the bar away.
  func finish() { bar?.show(1, of: 1) }
}
