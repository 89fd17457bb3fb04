import ArgumentParser
import DataFrames
import FoundationEssentials
import Reports

/// `xai-tab reproduce`: the review's table and figures on the data at hand.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "The review's table and figures on the data at hand, and which of its statements hold.",
    discussion: """
      Examples:
        xai-tab reproduce                      everything, into Reports/reproduce
        xai-tab reproduce --quick              the same with smaller counts, in minutes
        xai-tab reproduce figure4 figure5      two of the parts
        xai-tab reproduce toy --format json    the statements with their numbers

      The parts: \(ReviewParts.all.map { $0.name }.joined(separator: ", ")). Each becomes a page with what the review says, what was run, our figure
      or table, and for each statement whether it holds, by which criterion and number. A verdict is computed anew each time. Where
      data are missing the rest is run, the page says what is missing, and the exit code is 66; Scripts/get-data fetches them.
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
  struct Incomplete: Error, Equatable, CustomStringConvertible {
    let names: [String]

    var description: String {
      "data are missing for \(names.joined(separator: ", ")); the pages say which"
    }
  }

  func run() throws {
    let parts = try names.isEmpty ? ReviewParts.all : chosen()
    if let data, !FileManager.default.fileExists(atPath: data) {
      throw FileError.notFound(path: data)
    }
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw FileError.cannotWrite(path: output, reason: "the folder cannot be made")
    }
    Interruption.listen()
    var bench = Bench(folders: (data.map { [$0] } ?? []) + Bench.usualFolders, isQuick: quick, run: options)
    var results: [Reproduced] = []
    let clock = ContinuousClock()
    for part in parts where !Interruption.isAsked {
      options.note("\(part.name): \(part.title)")
      var result = Reproduced(part)
      let time = try clock.measure { try result.attempt { try part.reproduce(&bench, &$0) } }
      result.seconds = time / .seconds(1)
      for file in result.missing { options.note("\(part.name): \(file)") }
      var figures = Figures()
      let page = ReproducedPage.page(result, isQuick: quick, options, &figures)
      if let reason = figures.missing { options.note("warning: \(reason); the page has its tables alone") }
      try AtomicFile.write(try page.html(), to: path(part.name))
      results.append(result)
    }
    let review = ReproduceJSON(results, isQuick: quick, seed: options.seed, folder: output)
    try AtomicFile.write(try ReproducedPage.index(results, isQuick: quick, options).html(), to: path("index"))
    switch format {
    case .text: try Terminal.write(ReproduceText.text(results, folder: output))
    case .json: try Terminal.write(JSONText.text(review))
    }
    Interruption.endIfAsked()
    let incomplete = results.filter { !$0.missing.isEmpty }.map(\.name)
    if !incomplete.isEmpty { throw Incomplete(names: incomplete) }
  }

  /// The parts that are named, each once, in the review's order.
  private func chosen() throws -> [any ReviewPart.Type] {
    let wanted = Set(try names.map { try ReviewParts.named($0).name })
    return ReviewParts.all.filter { wanted.contains($0.name) }
  }

  private func path(_ name: String) -> String { "\(output)/\(name).html" }
}
