import ArgumentParser
import DataFrames
import Presentation
import Runs

/// `xai-tab inspect`: what was read.
struct InspectCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [InspectJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "What was read: columns, types, missing cells, and what to beware of.",
    discussion: """
      Examples:
        xai-tab inspect data.csv
        xai-tab inspect data.csv.gz --format json
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("The column that would be predicted; the last one if not given.", valueName: "name"))
  var target: String?

  @Option(help: "The form of the result: text, json or csv.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    let frame = try data.source.read(workers: options.workers)
    options.note(frame.summary)
    let target = try target.map { try frame.index(ofColumn: $0) } ?? frame.columns.count - 1
    let result = InspectJSON(frame, target: target, seed: options.seed, isNamed: data.source.names)
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(InspectText(result: result).text)
    case .json: try Terminal.write(JSONText.text(result))
    case .csv: try Terminal.write(InspectText(result: result).csv)
    }
  }
}
