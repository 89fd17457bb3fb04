import ArgumentParser
import FoundationEssentials
import Images
import Presentation
import Runs
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

  /// What a run needs of them: notes go to standard error, as do bars for work that takes long, and Ctrl-C asks it to
  /// end.
  var settings: RunSettings {
    RunSettings(seed: seed, threads: workers.count, observer: quiet ? .silentTerminal : .terminal)
  }

  /// Draws a bar with the share of the work on standard error; nil where nobody would see it.
  func progress(sharing work: String) -> Budget.Progress? {
    guard !quiet, let bar = ProgressBar(work, shares: true) else { return nil }
    return { done, total in bar.show(done, of: total) }
  }

  /// Says something beside the result, unless told to be quiet.
  func note(_ text: @autoclosure () -> String) {
    if !quiet { Terminal.note(text()) }
  }
}

extension RunOptions {
  /// Says how a method of pictures came to an early end, where it did.
  func note(effortOf result: ImageResult) {
    if let effort = result.map?.effort { note(ImageText.effort(effort, method: result.method)) }
  }
}

extension RunObserver {
  /// Who sits at the terminal.
  fileprivate static let terminal = RunObserver(
    note: { Terminal.note($0) },
    progress: { work in
      guard let bar = ProgressBar(work) else { return nil }
      return { done, total in bar.show(done, of: total) }
    }, isInterrupted: { Interruption.isAsked })

  /// Who sits at the terminal and wants to hear nothing.
  fileprivate static let silentTerminal = RunObserver(isInterrupted: { Interruption.isAsked })
}

extension Terminal.Color: ExpressibleByArgument {}
