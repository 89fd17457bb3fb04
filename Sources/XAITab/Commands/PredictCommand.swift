import ArgumentParser
import DataFrames
import Learning
import Presentation
import Runs
import Tensors

/// `xai-tab predict`: what a model says of each row.
struct PredictCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [PredictionJSON.self] }

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
      try BatchRun<FileBinding>.isPossible(data.source, model.request, needsStatistics: false, workers: options.workers)
    {
      return try predictBatches()
    }
    try batch.refuse()
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let trained = try TrainedModel.make(table, model.request, options.settings)
    let answers = try trained.model.predict(table.rows, workers: options.workers)
    let names = table.target.classNames
    switch format {
    case .csv:
      try Terminal.write(PredictionCSV.header(names))
      for block in Workers.ranges(answers.rows, size: Self.block) {
        try Terminal.write(PredictionCSV.lines(answers, block, names))
      }
    case .json:
      try Terminal.write(JSONText.text(PredictionJSON(table, trained, answers: answers, seed: options.seed)))
    case .ndjson:
      let lines = PredictionLines(names: names, targetName: table.targetName, isJSON: true)
      try Terminal.write(lines.opening(trained, seed: options.seed))
      for block in Workers.ranges(answers.rows, size: Self.block) {
        try Terminal.write(lines.text(answers, block, firstRow: 1, workers: options.workers))
      }
      try Terminal.write(LimeJSON.closing(count: answers.rows, sha256: table.source.sha256))
    }
  }

  /// How many rows are written at once.
  private static let block = 4096

  /// Predicts all rows with a model from a file while they are read.
  private func predictBatches() throws {
    let workers = options.workers
    var source = try BatchRun(
      data.source, target.request, model: model.request.argument, firstRow: batch.firstRow, options.settings)
    let trained = try TrainedModel.make(source.first, model.request, options.settings)
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
    try output.finish(source, isWhole: isWhole, options.settings)
  }
}
