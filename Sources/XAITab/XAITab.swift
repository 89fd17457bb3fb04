import ArgumentParser

/// The command `xai-tab`.
@main
struct XAITab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xai-tab",
    abstract: "Explains models to people who must answer for them.",
    discussion: """
      Examples:
        xai-tab lime heart.csv --row 12                   why this prediction for the 12th row
        xai-tab lime heart.csv --row 12 --html why.html   the same as a page
        xai-tab lime penguins.csv --target species --rows all --format ndjson
        xai-tab rules heart.csv --method eclaire          a network as IF ... THEN ...
        xai-tab inspect data.csv                          what was read: columns, types, missing cells

      The model is trained on the spot: a random forest on 80 % of the rows; the other rows measure it.
      Results go to standard output, notes to standard error. Exit codes: 0 done, 64 usage, 65 bad data,
      66 input missing, 69 a needed program is missing, 70 internal error, 73 cannot write.
      """,
    version: Provenance.version,
    subcommands: [
      InspectCommand.self, TrainCommand.self, PredictCommand.self, EvaluateCommand.self, LimeCommand.self,
      RegressCommand.self, TreeCommand.self, ImportanceCommand.self, RulesCommand.self,
      CheckCommand.self, ImageCommand.self, ReportCommand.self,
      ReproduceCommand.self,
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
