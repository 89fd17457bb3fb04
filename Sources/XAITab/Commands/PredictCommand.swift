import ArgumentParser
import DataFrames
import Learning
import Tensors

/// `xai-tab predict`: what a model says of each row.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "What a model says of each row: the class and its probabilities, or the number.",
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

  @Option(help: "The form of the result: csv, json, or ndjson, a line a row.")
  var format = Format.csv

  enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json, ndjson }

  func run() throws {
    if format != .json,
      try BatchRun<FileBinding>.isPossible(data, model, needsStatistics: false, workers: options.workers)
    {
      return try predictBatches()
    }
    try batch.refuse()
    let (_, table) = try LearningTable.open(data, target, options, for: model)
    let trained = try TrainedModel(
      table, options: model, seed: options.seed,
      workers: options.workers(showing: "training the \(model.kind.rawValue)"))
    let answers = try trained.model.predict(table.rows, workers: options.workers)
    let names = table.target.classNames
    switch format {
    case .csv: try PredictionCSV.write(answers, names)
    case .json:
      try Terminal.write(JSONText.text(PredictionJSON(table, trained, answers: answers, seed: options.seed)))
    case .ndjson:
      let lines = PredictionLines(names: names, targetName: table.targetName, isJSON: true)
      try Terminal.write(lines.opening(trained, seed: options.seed))
      for block in Workers.ranges(answers.rows, size: 4096) {
        try Terminal.write(lines.text(answers, block, firstRow: 1, workers: options.workers))
      }
      try Terminal.write(LimeJSON.closing(count: answers.rows, sha256: table.source.sha256))
    }
  }

  /// Predicts all rows with a model from a file while they are read.
  private func predictBatches() throws {
    let workers = options.workers
    var source = try BatchRun(data, target, model: model.model?.argument ?? "", batch, options)
    let trained = try TrainedModel(source.first, options: model, seed: options.seed, workers: workers)
    let lines = PredictionLines(
      names: source.first.target.classNames, targetName: source.first.targetName, isJSON: format == .ndjson)
    let output = try LineOutput(
      path: batch.output, opening: lines.opening(trained, seed: options.seed), resumes: batch.resume)
    let budget = batch.budget(options, showing: "predicting")
    let isWhole = try source.forEach(behind: output.known) { part, source in
      switch part {
      case .failure(let row, let reason): try output.write(lines.failure(row: row, reason: reason))
      case .table(let table, let firstRow):
        let answers = try trained.model.predict(table.rows, workers: workers)
        try output.write(lines.text(answers, 0..<answers.rows, firstRow: firstRow, workers: workers))
      }
      budget.report(source)
      return !budget.isSpent
    }
    budget.reportEnd()
    if isWhole, lines.isJSON {
      try output.write(LimeJSON.closing(count: source.rows, failed: source.failed, sha256: source.sha256()))
    }
    try source.finish(output, isWhole: isWhole)
  }
}
