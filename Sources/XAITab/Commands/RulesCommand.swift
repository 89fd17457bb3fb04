public import ArgumentParser
import DataFrames
import Learning
import Presentation
import Reports
import Rules
import Runs

/// `xai-tab rules`: a rule set for what a model does.
struct RulesCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [RulesJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "A rule set for the data, or for what a model does, as text.",
    discussion: """
      Examples:
        xai-tab rules heart.csv --method eclaire
        xai-tab rules heart.csv --method deepred --model network.onnx
        xai-tab rules heart.csv --method forest > heart.rules
        xai-tab rules magic.csv --method deepred --time-limit 10 --max-rules 100 --format json
        xai-tab rules heart.csv --method forest --format sql

      c45 and c45rules learn from the data. pedagogical asks any model for its answers alone (C4.5 on them) and is measured
      beside every other method; deepred and eclaire take the hidden layers of a network apart, trained here or from a file,
      ann-dt and hypinv ask any model about random rows too, forest takes a forest apart. The figures in the comments are those
      of the rules as printed, on rows that neither the model nor the rules have seen; check reads text and JSON back.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "c45, c45rules, pedagogical, deepred, ann-dt, hypinv, eclaire or forest.")
  var method: RulesRun.Method

  @Option(help: ArgumentHelp("The most rules.", valueName: "number"))
  var maxRules = 500

  @Option(help: ArgumentHelp("The most seconds to extract; what is ready by then is given.", valueName: "seconds"))
  var timeLimit: Double?

  @Option(help: ArgumentHelp("The most memory to extract in.", valueName: "MB"))
  var maxMemory = 1000

  @Option(help: "The form of the result: \(RuleFormatName.allValueStrings.choice).")
  var format = RuleFormatName()

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  func validate() throws {
    if maxRules < 1 { throw ValidationError("--max-rules is at least 1.") }
    try TimeLimit.check(timeLimit)
    if maxMemory < 10 { throw ValidationError("--max-memory is at least 10.") }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    let (table, explained) = try opened()
    Interruption.listen()
    let run = try RulesRun(
      table, explained, method: method, budget: options.settings.budget(seconds: timeLimit),
      limits: ExtractionLimits(maximumRules: maxRules, maximumMemory: maxMemory << 20),
      testFraction: model.testFraction, run: options.settings)
    for warning in run.warnings { options.note("note: \(warning)") }
    if let html { try PageFile.write(RulesJSON(run), to: html, options.settings) }
    try Terminal.write(format.format.text(run))
    Interruption.endIfAsked()
  }

  /// The data, and the model unless the rules are of the data.
  private func opened() throws -> (LearningTable, ExplainedModel?) {
    if method.isOfData {
      if model.model != nil {
        throw UsageError.contradiction("\(method.rawValue) learns from the data; pedagogical learns from a --model")
      }
      let (_, table) = try LearningTable.open(data.source, target.request, for: nil, options.settings)
      return (table, nil)
    }
    let chosen = model.requestIfNamed ?? model.request(ModelKind(name: method.usualModel))
    if method == .forest, chosen.kind == .network || chosen.kind == .linear { throw ExtractionError.needsForest }
    if [.deepred, .eclaire].contains(method), chosen.kind != .network, chosen.kind != .file {
      throw ExtractionError.needsNetwork(method: method.rawValue)
    }
    let (_, table) = try LearningTable.open(data.source, target.request, for: chosen, options.settings)
    if table.target.classNames == nil { throw ExtractionError.needsClasses }
    return (table, try ExplainedModel.make(table, chosen, options.settings))
  }
}

extension RulesRun.Method: ExpressibleByArgument {}

/// The name of a form of rules.
struct RuleFormatName: ExpressibleByArgument {
  let format: any RuleFormat.Type

  /// The usual one.
  init() { format = RulesText.self }

  init?(argument: String) {
    guard let format = RuleFormats.all.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { RuleFormats.all.map { $0.name } }

  var defaultValueDescription: String { format.name }
}
