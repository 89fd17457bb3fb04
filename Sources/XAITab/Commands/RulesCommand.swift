import ArgumentParser
import DataFrames
import Learning
import Reports
import Rules

/// `xai-tab rules`: a rule set for what a model does.
struct RulesCommand: ParsableCommand {
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

      \(Self.methods)
      """)

  private static var methods: String {
    Terminal.filled(
      RuleMethod.summaries + " The figures in the comments are those of the rules as printed, on rows that neither the "
        + "model nor the rules have seen; check reads text and JSON back.", width: 122)
  }

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp(RuleMethod.names))
  var method: RuleMethod

  @Option(help: ArgumentHelp("The most rules.", valueName: "number"))
  var maxRules = 500

  @Option(help: ArgumentHelp("The most seconds to extract; what is ready by then is given.", valueName: "seconds"))
  var timeLimit: Double?

  @Option(help: ArgumentHelp("The most memory to extract in.", valueName: "MB"))
  var maxMemory = 1000

  @Option(help: "The form of the result: text, json or sql.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, sql }

  func validate() throws {
    if maxRules < 1 { throw ValidationError("--max-rules is at least 1.") }
    try TimeLimit.check(timeLimit)
    if maxMemory < 10 { throw ValidationError("--max-memory is at least 10.") }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: [data.data] + (data.labels.map { [$0] } ?? [])) }
    let (table, explained) = try opened()
    let run = try RulesRun(
      table, explained, method: method.extractor, budget: options.budget(timeLimit: timeLimit),
      limits: ExtractionLimits(maximumRules: maxRules, maximumMemory: maxMemory << 20),
      testFraction: model.testFraction, run: options)
    for warning in run.warnings { options.note("note: \(warning)") }
    let result = RulesJSON(run)
    if let html { try PageFile.write(result, to: html, options) }
    switch format {
    case .text: try Terminal.write(RulesText(result: result).text)
    case .json: try Terminal.write(JSONText.text(result))
    case .sql: try Terminal.write(RulesSQL(rules: WrittenRules(run.extraction.rules)).text)
    }
    Interruption.endIfAsked()
  }

  /// The data, and the model unless the rules are of the data.
  private func opened() throws -> (LearningTable, ExplainedModel?) {
    let extractor = method.extractor
    if extractor.requirement == .dataAlone {
      if model.model != nil {
        throw UsageError.contradiction(
          "\(extractor.name) learns from the data; \(RuleExtractors.baseline.name) learns from a --model")
      }
      let (_, table) = try LearningTable.open(data, target, options, for: nil)
      return (table, nil)
    }
    var chosen = model
    if chosen.model == nil, let usual = extractor.usualModel { chosen.model = ModelChoice(argument: usual) }
    // Before the model is trained or opened.
    switch (extractor.requirement, chosen.kind) {
    case (.forest, .network), (.forest, .linear): throw ExtractionError.needsForest(method: extractor.name)
    case (.network, .network), (.network, .file): break
    case (.network, _): throw ExtractionError.needsNetwork(method: extractor.name)
    default: break
    }
    let (_, table) = try LearningTable.open(data, target, options, for: chosen)
    if table.target.classNames == nil { throw ExtractionError.needsClasses }
    return (table, try ExplainedModel(table, options: chosen, run: options))
  }
}
