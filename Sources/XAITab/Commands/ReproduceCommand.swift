import ArgumentParser
import Presentation
import Reproduction
import Runs

/// `xai-tab reproduce`: the review's table and figures on the data at hand.
struct ReproduceCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [ReproduceJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "The review's table and figures on the data at hand, and which of its statements hold.",
    discussion: """
      Examples:
        xai-tab reproduce                      everything, into Reports/reproduce
        xai-tab reproduce --quick              the same with smaller counts, in minutes
        xai-tab reproduce figure4 figure5      two of the parts
        xai-tab reproduce toy --format json    the statements with their numbers

      The parts: \(Review.partNames.joined(separator: ", ")). Each becomes a page with what the review says, \
      what was run, our figure
      or table, and for each statement whether it holds, by which criterion and number. \
      A verdict is computed anew each time. Where
      data are missing the rest is run, the page says what is missing, and the exit code is 66; \
      Scripts/get-data fetches them.
      """)

  @Argument(help: "The parts; all if none is named.")
  var names: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the pages into this folder.", valueName: "folder"))
  var output = "Reports/reproduce"

  @Option(
    help: ArgumentHelp(
      "Look for data in this folder, as Scripts/get-data fills it, before the usual ones.", valueName: "folder"))
  var data: String?

  @Flag(help: "Smaller counts: minutes instead of up to half an hour.")
  var quick = false

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  @OptionGroup var options: RunOptions

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  /// Parts that could not be run, or not wholly.
  struct Incomplete: FailureConvertible, Equatable {
    let names: [String]

    var failureKind: Failure.Kind { .inputMissing }

    var description: String {
      "data are missing for \(names.joined(separator: ", ")); the pages say which"
    }
  }

  func run() throws {
    let review = try Review(names, data: data, isQuick: quick, options.settings)
    Interruption.listen()
    let result = try review.reproduce(into: output)
    switch format {
    case .text: try Terminal.write(result.text)
    case .json: try Terminal.write(JSONText.text(result.json))
    }
    Interruption.endIfAsked()
    if !result.incompleteParts.isEmpty { throw Incomplete(names: result.incompleteParts) }
  }
}
