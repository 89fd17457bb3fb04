import ArgumentParser
import Runs

/// What the methods can be told, each its own, and how long they may take.
struct SaliencyOptions: ParsableArguments {
  @OptionGroup var given: MethodOptions

  @Option(
    help: ArgumentHelp(
      "Stop a method after so many seconds, with the best map so far; Ctrl-C does the same.", valueName: "seconds"))
  var timeLimit: Double?

  @Flag(help: "Draw the network's weights anew and say how far the map stays the same.")
  var check = false

  func validate() throws { try TimeLimit.check(timeLimit) }

  /// What was given for methods, and how long each may take.
  var request: SaliencyRequest { SaliencyRequest(given: given.values, timeLimit: timeLimit, isChecked: check) }
}
