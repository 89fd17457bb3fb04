import ArgumentParser
import DataFrames
import Learning
import Rules
import Tensors

/// `xai-tab check`: what a rule set does on all rows of a table.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "A rule set against all rows of a table, and against a model.",
    discussion: """
      Examples:
        xai-tab check heart.rules heart.csv
        xai-tab check heart.rules heart.csv --model forest
        xai-tab check new.rules heart.csv --against old.rules

      RULES is what rules printed as text or JSON, or a file written by hand in the same form. Without --model the rules are held
      against the target alone.
      """)

  @Argument(help: "The rules, as text or JSON; - for standard input.")
  var rules: String

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("Also say where these rules decide otherwise.", valueName: "file"))
  var against: String?

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  func run() throws {
    if let html {
      try OutputFile.check(html, isNoneOf: [data.data, rules] + [data.labels, against].compactMap { $0 })
    }
    if rules == "-" && data.data == "-" {
      throw UsageError.contradiction("rules and data cannot both come from standard input")
    }
    let written = try RuleFile.read(rules, workers: options.workers)
    let other = try against.map { try RuleFile.read($0, workers: options.workers) }
    let (_, table) = try LearningTable.open(data, target, options, for: model.model == nil ? nil : model)
    let explained = try model.model.map { _ in try ExplainedModel(table, options: model, run: options) }
    let run = try CheckRun(
      table, explained, rules: (rules, written), against: zip2(against, other), run: options)
    let result = CheckJSON(run)
    if let html { try PageFile.write(result, to: html, options) }
    switch format {
    case .text: try Terminal.write(CheckText(result: result).text)
    case .json: try Terminal.write(JSONText.text(result))
    }
  }

  private func zip2<A, B>(_ one: A?, _ two: B?) -> (A, B)? { one.flatMap { one in two.map { (one, $0) } } }
}
