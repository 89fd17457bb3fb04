import ArgumentParser
import DataFrames
import Reports

/// `xai-tab report`: everything about a data set and a model in one page, or saved results as a page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Everything about one data set and one model in one page.",
    discussion: """
      Examples:
        xai-tab lime heart.csv --row 12 --format json > why.json
        xai-tab report --from why.json -o why.html

      --from renders what other commands printed with --format json, without computing it again.
      """)

  @OptionGroup var options: RunOptions

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: ArgumentHelp("Results that were saved with --format json, to be shown without computing.", valueName: "files"))
  var from: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The page to write.", valueName: "file"))
  var output: String

  func run() throws {
    try OutputFile.check(output, isNoneOf: from)
    let results = try from.map {
      try SavedResult.read(FileBytes.read(path: $0, workers: options.workers), path: $0)
    }
    var figures = Figures()
    let page = SavedResult.page(results, paths: from, &figures)
    if let reason = figures.missing { options.note("warning: \(reason); the page has its tables alone") }
    try AtomicFile.write(try page.html(), to: output)
  }
}
