import ArgumentParser
import Learning
import Presentation
import Runs
import Tensors

/// `xai-tab evaluate`: how well a model does on all rows.
struct EvaluateCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [EvaluationJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "How well the model does on all rows whose target is known.",
    discussion: """
      Examples:
        xai-tab evaluate new.csv --model heart.onnx
        xai-tab evaluate new.csv --model heart.onnx --format json
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "The form of the result: text, json or csv.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    guard let choice = model.model, !choice.kind.isTrained else {
      throw UsageError.contradiction(
        "evaluate measures a model that is there already: --model FILE.onnx, command:... or stream:...; a model that "
          + "is trained on the spot is measured by train")
    }
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let trained = try TrainedModel.make(table, model.request, options.settings)
    let known = table.dataset(table.target.knownRows)
    guard known.count > 0 else { throw TargetError.noValues(column: table.targetName) }
    let page = EvaluationJSON(
      table, trained, rows: known.count,
      metrics: Metrics.of(try trained.model.predict(known.rows, workers: options.workers), target: known.target),
      seed: options.seed)
    if let html { try PageFile.write(page, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(page.text)
    case .json: try Terminal.write(JSONText.text(page))
    case .csv: try Terminal.write(page.csv)
    }
  }
}
