import ArgumentParser
import Images
import Presentation
import Reproduction
import Runs

/// The command `xai-tab`.
@main
struct XAITab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xai-tab",
    abstract: "Explains models to people who must answer for them.",
    discussion: """
      Examples:
        xai-tab inspect heart.csv                    what was read
        xai-tab lime heart.csv --row 12              why this prediction
        xai-tab lime heart.csv --row 12 --html x.html           as a page
        xai-tab report heart.csv -o heart.html       all of it as a page
        xai-tab train heart.csv -o heart.onnx        keep the model ...
        xai-tab lime new.csv --row 3 --model heart.onnx   ... and use it
        xai-tab rules heart.csv --method eclaire     a network as IF ... THEN
        xai-tab lime huge.csv.gz --model heart.onnx --rows all --format ndjson

      The data are a CSV file, gzip or not, or - for standard input; delimiter,
      header and types are found out. The target is the last column unless
      --target names it. Without --model a random forest is trained on 80 % of
      the rows, and the other rows measure it. The same seed gives the same
      numbers, for any number of threads.

      Results go to standard output, all else to standard error. Exit codes:
        0   done                  65  bad data        69  a program is missing
        64  a wrong call          66  input missing   70  internal error
        73  cannot write

      Next: "xai-tab help lime" has that command's examples and options,
      "man xai-tab" those of all commands.
      """,
    version: Release.version,
    subcommands: [ManualCommand.self],
    groupedSubcommands: groups.map { CommandGroup(name: $0.name, subcommands: $0.commands) })

  /// All commands, in the groups in which help shows them. A command is a line here.
  private static let groups: [(name: String, commands: [any ResultCommand.Type])] = [
    ("Data", [InspectCommand.self]),
    ("Model", [TrainCommand.self, PredictCommand.self, EvaluateCommand.self]),
    ("One-row", [LimeCommand.self]),
    ("Whole-model", [ImportanceCommand.self, RegressCommand.self, TreeCommand.self, ReportCommand.self]),
    ("Rule", [RulesCommand.self, CheckCommand.self]),
    ("Picture", [ImageCommand.self]),
    ("Review", [ReproduceCommand.self]),
  ]

  /// The kinds of results that commands print as JSON and `report --from` reads back.
  static var results: SavedResults { SavedResults(groups.flatMap(\.commands).flatMap { $0.results }) }

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
      exit(withError: ExitCode(failure.kind.exitCode))
    }
  }
}

/// A command, with the results that it prints as JSON.
protocol ResultCommand: ParsableCommand {
  /// The kinds of results, each of which has a page.
  static var results: [any PagedResult.Type] { get }
}
