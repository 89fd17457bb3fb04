import ArgumentParser
import DataFrames
import Learning
import Tensors

/// `xai-tab predict`: what a model says of each row.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "What the model says of each row, as CSV: the class and its probabilities, or the number.",
    discussion: """
      Examples:
        xai-tab predict new.csv --model heart.onnx > predictions.csv
        xai-tab predict new.csv --model 'command:python3 model.py'
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "The form of the result: csv or json.")
  var format = Format.csv

  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json }

  func run() throws {
    let (_, table) = try LearningTable.open(data, target, options, for: model)
    let trained = try TrainedModel(
      table, options: model, seed: options.seed,
      workers: options.workers(showing: "training the \(model.kind.rawValue)"))
    let answers = try trained.model.predict(table.rows, workers: options.workers)
    let result = PredictionPage(table: table, trained: trained, answers: answers, seed: options.seed)
    switch format {
    case .csv: try result.writeCSV()
    case .json: try Terminal.write(JSONText.text(result))
    }
  }
}
