import ArgumentParser
import DataFrames

/// `xai-tab inspect`: what was read.
struct InspectCommand: ParsableCommand {
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

  @Option(help: "The form of the result: text, json or csv.")
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  func run() throws {
    let frame = try data.read(workers: options.workers)
    let report = InspectReport(frame, isNamed: data.names)
    switch format {
    case .text: Terminal.write(report.text())
    case .json: Terminal.write(try JSONText.text(report.json()))
    case .csv: Terminal.write(report.csv())
    }
  }
}
