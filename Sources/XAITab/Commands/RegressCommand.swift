import ArgumentParser
import Learning
import Presentation
import Reports
import Runs
import Surrogates
import Tensors

/// `xai-tab regress`: linear regression with t-tests, of the data or of a model's output.
struct RegressCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [RegressionJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Linear regression with t-tests, of the data or of a model's output.",
    discussion: """
      Examples:
        xai-tab regress student.csv --target G3
        xai-tab regress heart.csv --positive 1 --robust hc3
        xai-tab regress heart.csv --model network --class 1 --logit
        xai-tab regress genes.csv --top 20 --format csv

      Without --model the target itself is regressed, on every complete row, and is taken as a number. \
      With --model it is the
      model's output: then the p-values rank the columns and test nothing, \
      and the first line says on held-out rows how much
      of the model the regression shows.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "Standard errors that allow each row a noise of its own: hc3.")
  var robust: Robust?

  @Flag(help: "Without a constant term.")
  var noIntercept = false

  @Option(help: ArgumentHelp("The confidence of the intervals.", valueName: "share"))
  var confidence = 0.95

  @Option(help: ArgumentHelp("Keep the columns that go best with the target one by one.", valueName: "number"))
  var top: Int?

  @Option(help: ArgumentHelp("The class whose probability is regressed; the last one if not given.", valueName: "name"))
  var `class`: String?

  @Flag(help: "Regress ln(p / (1 - p)) instead of the model's probability p.")
  var logit = false

  @Option(help: "The form of the result: text, json or csv.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page with the figure to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }
  enum Robust: String, CaseIterable, ExpressibleByArgument { case hc3 }

  func validate() throws {
    if !(confidence > 0 && confidence < 1) { throw ValidationError("--confidence is above 0 and below 1.") }
    if let top, top < 1 { throw ValidationError("--top is at least 1.") }
    if html != nil && format == .csv { throw ValidationError("--html goes with --format text or json.") }
    if model.model == nil {
      if logit { throw ValidationError("--logit is for a model's probabilities: it goes with --model.") }
      if self.class != nil { throw ValidationError("--class is for a model's probabilities: it goes with --model.") }
      if target.task == .classification {
        throw ValidationError(
          "regress takes the target as a number; --positive VALUE makes one of a class, --model regresses a model of "
            + "it.")
      }
    }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    var target = target
    if model.model == nil, target.positive == nil, target.above == nil { target.task = .regression }
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.requestIfNamed, options.settings)
    let explained = try model.model.map { _ in try ExplainedModel.make(table, model.request, options.settings) }
    let request = RegressionRun.Request(
      regression: LinearRegression(
        hasIntercept: !noIntercept, errors: robust == nil ? .classical : .hc3, confidence: confidence),
      top: top, isLogit: logit, output: try output(table.target), seed: options.seed)
    let run = try RegressionRun.run(table, explained, request, workers: options.workers)
    for warning in run.warnings { options.note("warning: \(warning)") }
    let result = RegressionJSON(run)
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(RegressionText(result: result).text)
    case .json: try Terminal.write(JSONText.text(result))
    case .csv: try Terminal.write(RegressionText(result: result).csv)
    }
  }

  /// The class whose probability is regressed; nil for numbers.
  private func output(_ target: Target) throws -> Int? {
    guard let names = target.classNames else {
      if logit { throw UsageError.noClasses(option: "--logit") }
      if self.class != nil { throw UsageError.noClasses(option: "--class") }
      return nil
    }
    guard let name = self.class else { return names.count - 1 }
    guard let index = names.firstIndex(of: name) else { throw UsageError.unknownClass(name: name, names: names) }
    return index
  }
}
