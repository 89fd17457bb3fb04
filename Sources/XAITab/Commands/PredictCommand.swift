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
        xai-tab predict huge.csv --model heart.onnx -o predictions.csv --resume
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @OptionGroup var batch: BatchOptions

  @Option(help: "The form of the result: csv or json.")
  var format = Format.csv

  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json }

  func run() throws {
    if format == .csv,
      try BatchRun.isPossible(data, model, needsStatistics: false, workers: options.workers)
    {
      return try predictBatches()
    }
    try batch.refuse()
    let (_, table) = try LearningTable.open(data, target, options, for: model)
    let trained = try TrainedModel(
      table, options: model, seed: options.seed,
      workers: options.workers(showing: "training the \(model.kind.rawValue)"))
    let answers = try trained.model.predict(table.rows, workers: options.workers)
    switch format {
    case .csv: try PredictionCSV.write(answers, table.target.classNames)
    case .json:
      try Terminal.write(JSONText.text(PredictionJSON(table, trained, answers: answers, seed: options.seed)))
    }
  }

  /// Predicts all rows with a model from a file while they are read.
  private func predictBatches() throws {
    let workers = options.workers
    var source = try BatchRun(data, target, model: model.model?.argument ?? "", options)
    guard let opened = source.first.opened?.model else { return }
    let names = source.first.target.classNames
    let output = try LineOutput(
      path: batch.output, opening: PredictionCSV.header(names), resumes: batch.resume)
    let clock = BatchClock(batch, options, showing: "predicting")
    let isWhole = try source.forEach(behind: output.known) { part, source in
      switch part {
      case .failure: try output.write(PredictionCSV.failure(names))
      case .table(let table, _):
        let answers = try opened.predict(table.rows, workers: workers)
        try output.write(PredictionCSV.lines(answers, 0..<answers.rows, names))
      }
      return !clock.isOver(source)
    }
    try source.finish(output, isWhole: isWhole)
  }
}
