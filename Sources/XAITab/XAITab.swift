import ArgumentParser

/// The command `xai-tab`.
@main
struct XAITab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xai-tab",
    abstract: "Explains models to people who must answer for them.",
    discussion: """
      Examples:
        xai-tab inspect heart.csv                         what was read: columns, types, missing cells
        xai-tab lime heart.csv --row 12                   why this prediction for the 12th row
        xai-tab lime heart.csv --row 12 --html why.html   the same as a page
        xai-tab train heart.csv -o heart.onnx             keep the model ...
        xai-tab lime new.csv --row 3 --model heart.onnx   ... and explain other rows with it
        xai-tab rules heart.csv --method eclaire          a network as IF ... THEN ...
        zcat huge.csv.gz | xai-tab lime - --model heart.onnx --rows all --format ndjson

      DATA is a CSV file, gzip or not, or - for standard input; delimiter, header and types are found out. The target is the
      last column unless --target names it. Without --model a random forest is trained on 80 % of the rows, and the other
      rows measure it. The same seed gives the same numbers, for any number of threads.

      Results go to standard output, all else to standard error. Exit codes: 0 done, 64 usage, 65 bad data,
      66 input missing, 69 a needed program is missing, 70 internal error, 73 cannot write.

      Next: "xai-tab help COMMAND" has each command's own examples and options, "man xai-tab" all of them.
      """,
    version: Provenance.version,
    subcommands: [ManualCommand.self],
    groupedSubcommands: [
      CommandGroup(name: "Data", subcommands: [InspectCommand.self]),
      CommandGroup(
        name: "Models", subcommands: [TrainCommand.self, PredictCommand.self, EvaluateCommand.self]),
      CommandGroup(name: "Why one prediction", subcommands: [LimeCommand.self]),
      CommandGroup(
        name: "What a whole model, or the data, do",
        subcommands: [ImportanceCommand.self, RegressCommand.self, TreeCommand.self]),
      CommandGroup(name: "Rules", subcommands: [RulesCommand.self, CheckCommand.self]),
      CommandGroup(name: "Pictures", subcommands: [ImageCommand.self]),
    ])

  /// Parses and runs; whatever goes wrong ends as one line on standard error and an exit code.
  static func main() {
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      // Wrong options, and calls for help, are the parser's own to explain.
      exit(withError: error)
    }
    do {
      try command.run()
    } catch {
      if exitCode(for: error) == .success { exit(withError: error) }
      let failure = Failure(error)
      Terminal.complain(failure.text)
      exit(withError: ExitCode(failure.code))
    }
  }
}
