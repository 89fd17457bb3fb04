import ArgumentParser
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

  @Option(help: "The form of the result: \(RuleFormatName.allValueStrings.inWords("or")).")
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
    let run = try RulesRun.run(
      table, explained, method: method.extractor, budget: options.settings.budget(seconds: timeLimit),
      limits: ExtractionLimits(maximumRules: maxRules, maximumMemory: maxMemory << 20),
      testFraction: model.testFraction, run: options.settings)
    for warning in run.warnings { options.note("note: \(warning)") }
    if let html { try PageFile.write(RulesJSON(run), to: html, options.settings) }
    try Terminal.write(format.format.text(run))
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
      let (_, table) = try LearningTable.open(data.source, target.request, for: nil, options.settings)
      return (table, nil)
    }
    let chosen = model.requestIfNamed ?? model.request(extractor.usualModel.map { ModelKind(name: $0) } ?? .forest)
    try RulesRun.check(chosen.kind, fits: extractor)
    let (_, table) = try LearningTable.open(data.source, target.request, for: chosen, options.settings)
    if table.target.classNames == nil { throw ExtractionError.needsClasses }
    return (table, try ExplainedModel.make(table, chosen, options.settings))
  }
}

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
