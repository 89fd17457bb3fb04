import ArgumentParser
import FoundationEssentials
import Tensors

/// How a command runs and speaks, whatever it does.
struct RunOptions: ParsableArguments {
  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 0

  @Option(help: "The number of threads; all processors if not given. The numbers never depend on it.")
  var threads: Int?

  @Flag(help: "Say nothing beside the result.")
  var quiet = false

  @Option(help: "Colour on standard output: auto, always or never.")
  var color = Terminal.Color.auto

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads is at least 1.") }
  }

  var workers: Workers {
    Workers(count: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount))
  }

  /// The same threads with a bar on standard error for a piece of work that takes long.
  func workers(showing work: String) -> Workers {
    Workers(count: workers.count, progress: progress(showing: work))
  }

  /// Draws a bar on standard error for a piece of work that takes long; nil where nobody would see it.
  func progress(showing work: String, shares: Bool = false) -> Budget.Progress? {
    guard !quiet, let bar = ProgressBar(work, shares: shares) else { return nil }
    return { done, total in bar.show(done, of: total) }
  }

  /// A budget from now on: a time limit, Ctrl-C, and a bar on a terminal where the work is named.
  func budget(timeLimit: Double?, showing work: String? = nil) -> Budget {
    Interruption.listen()
    return Budget(
      deadline: TimeLimit.deadline(timeLimit), progress: work.flatMap { progress(showing: $0) },
      isInterrupted: { Interruption.isAsked })
  }

  /// Says something beside the result, unless told to be quiet.
  func note(_ text: @autoclosure () -> String) {
    if !quiet { Terminal.note(text()) }
  }
}

extension Terminal.Color: ExpressibleByArgument {}
