import ArgumentParser
import DataFrames
import Learning
import Presentation
import Reports
import Runs
import Surrogates
import Tensors
import Trees

/// `xai-tab lime`: why the model gives a row its prediction.
struct LimeCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [LimeJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "lime",
    abstract: "Why this prediction: the weight of each of the row's values.",
    discussion: """
      Examples:
        xai-tab lime heart.csv --row 12
        xai-tab lime heart.csv --row 12 --html why.html --class all
        xai-tab lime penguins.csv --target species --rows 1,5-9 --format json
        xai-tab lime patients.csv --where id=17
        xai-tab lime patients.csv --pick 10
        cat data.csv | xai-tab lime - --rows all --format ndjson > explanations.ndjson
        xai-tab lime huge.csv --model m.onnx --rows all --format ndjson -o huge.ndjson --resume

      A random forest is trained on 80 % of the rows and measured on the others. The weights are those that LIME
      (Ribeiro, Singh and Guestrin, 2016) converges to with more and more samples, in closed form: they have no
      sampling error, and the same file gives the same numbers.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The row to explain, counting the data rows from 1.", valueName: "number"))
  var row: Int?

  @Option(help: ArgumentHelp("Several rows: numbers and ranges such as 1,5-9, or 'all'.", valueName: "rows"))
  var rows: RowList?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("The rows whose column has this value, such as id=17.", valueName: "column=value"))
  var condition: CellCondition?

  @Option(
    help: ArgumentHelp(
      "Of the rows (all if none are named) the few whose explanations together show most.", valueName: "number"))
  var pick: Int?

  @Option(help: ArgumentHelp("The class to explain, or 'all'; the predicted one if not given.", valueName: "name"))
  var `class`: String?

  @Option(help: "How columns of numbers are cut into bins.")
  var bins = Bins.quartile

  @Option(help: "Without bins (--bins none), what the draws are around: the training mean or the row.")
  var around = Center.mean

  @Option(help: ArgumentHelp("Draw this many samples, even where the weights have a closed form.", valueName: "number"))
  var samples: Int?

  @Option(
    help: ArgumentHelp(
      "What to explain: the prediction, or the margin of a boosted classifier, whose weights are exact.",
      valueName: "output"))
  var explain = Explained.prediction

  @Option(help: "How the terms of sampled explanations are chosen.")
  var selection = Selection.highest

  @Option(
    help: ArgumentHelp(
      "The kernel width, or 'auto'; 0.75 times the root of the number of columns if not given.", valueName: "width"))
  var kernelWidth: Width?

  @Option(help: ArgumentHelp("The most terms to show, or 'all'.", valueName: "number"))
  var features = Limit.count(10)

  @Option(help: "The form of the result: text, json, csv, or ndjson with --rows.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page with the figure to this file.", valueName: "file"))
  var html: String?

  @OptionGroup var batch: BatchOptions

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, ndjson }
  enum Bins: String, CaseIterable, ExpressibleByArgument { case quartile, decile, entropy, tree, none }
  enum Explained: String, CaseIterable, ExpressibleByArgument { case prediction, margin }
  enum Selection: String, CaseIterable, ExpressibleByArgument { case auto, forward, highest, lasso, none }
  enum Center: String, CaseIterable, ExpressibleByArgument { case mean, row }

  func validate() throws {
    let ways = [row != nil, rows != nil, condition != nil].count { $0 }
    if ways > 1 || ways == 0 && pick == nil {
      throw ValidationError(
        "Say which row to explain, in one way: --row 12, --rows 1,5-9, --rows all, --where id=17 or --pick 10.")
    }
    if pick != nil && row != nil { throw ValidationError("--pick is for several rows, --row for one.") }
    if let pick, pick < 1 { throw ValidationError("--pick is at least 1.") }
    if let samples, samples < 100 { throw ValidationError("--samples is at least 100.") }
    if format == .ndjson && row != nil { throw ValidationError("--format ndjson goes with --rows.") }
    if html != nil && (format == .csv || format == .ndjson) {
      throw ValidationError("--html goes with --format text or json.")
    }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    let workers = options.workers
    if rows == .all, pick == nil, format == .ndjson || format == .csv,
      try BatchRun<FileBinding>.isPossible(data.source, model.request, needsStatistics: true, workers: workers)
    {
      return try explainBatches()
    }
    try batch.refuse()
    let (frame, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let numbers = try numbers(frame)
    let classes = try chosenClasses(table.target)
    let trained = try TrainedModel.make(table, model.request, options.settings)
    try checkMargin(trained)
    var result = LimeRun(table, trained, try request(trained), workers: workers)
    if format == .ndjson || format == .csv, pick == nil {
      try stream(&result, numbers, classes)
      return
    }
    try result.explain(numbers, classes: classes, workers: options.settings.workers(showing: "explaining"))
    if let pick { result.keepRepresentativeRows(pick) }
    let isSingle = row != nil
    if let html { try PageFile.write(LimeJSON(result, isSingle: isSingle), to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(LimeText(run: result, isColored: options.color.isOn).text(isSingle: isSingle))
    case .json: try Terminal.write(JSONText.text(LimeJSON(result, isSingle: isSingle)))
    case .csv: try Terminal.write(LimeText.csvHeader + LimeText.csv(result))
    case .ndjson: try write(lines: result, opening: true, closing: result.rows.count)
    }
  }

  private func request(_ trained: TrainedModel) throws -> RowExplainer.Request {
    RowExplainer.Request(
      columns: trained.training.features.count, explainsMargin: explain == .margin, binning: try binning(trained),
      aroundRow: around == .row, selection: FeatureSelection(rawValue: selection.rawValue) ?? .highest,
      samples: samples, kernelWidth: kernelWidth?.value, limit: features.number, seed: options.seed)
  }

  /// Explains all rows with a model from a file while they are read.
  private func explainBatches() throws {
    let workers = options.workers
    var source = try BatchRun(
      data.source, target.request, model: model.request.argument, firstRow: batch.firstRow, options.settings)
    let classes = try chosenClasses(source.first.target)
    let trained = try TrainedModel.make(source.first, model.request, options.settings)
    try checkMargin(trained)
    var run = LimeRun(source.first, trained, try request(trained), workers: workers)
    let isCSV = format == .csv
    if isCSV, batch.output != nil { throw UsageError.contradiction("--output goes with --format ndjson") }
    let output = try LineOutput(
      path: batch.output, opening: isCSV ? LimeText.csvHeader : LimeJSON.opening(run, isOpen: true),
      resumes: batch.resume)
    let budget = batch.budget(options, showing: "explaining")
    let isWhole = try source.forEach(behind: output.known) { part, source in
      switch part {
      case .failure(let row, let reason):
        if !isCSV { try output.write(LimeJSON.line(failure: reason, row: row)) }
      case .table(let table, let firstRow):
        run.turn(to: table, firstRow: firstRow)
        for block in Workers.ranges(table.rows.rows, size: Self.streamBlock) {
          try run.explain(block.map { firstRow + $0 }, classes: classes, workers: workers)
          try output.write(isCSV ? LimeText.csv(run) : lines(run, workers))
          budget.report(source)
          if budget.isSpent { return false }
        }
      }
      return true
    }
    budget.reportEnd()
    if !isCSV, isWhole {
      try output.write(LimeJSON.closing(count: source.rows, failed: source.failed, sha256: source.sha256()))
    }
    try output.finish(source, isWhole: isWhole, options.settings)
  }

  /// The lines of the rows in hand.
  private func lines(_ run: LimeRun, _ workers: Workers) throws -> String {
    try workers.tryMap(count: run.rows.count) { try LimeJSON.line(run, run.rows[$0]) }.joined()
  }

  /// Sees that there is a margin where it is to be explained, and says that there is one where it is not.
  private func checkMargin(_ trained: TrainedModel) throws {
    switch (explain, trained.margin) {
    case (.margin, nil):
      throw UsageError.contradiction(
        "--explain margin is for boosted classifiers from a file; the model is a \(OneLine.text(trained.name))")
    case (.margin, _?):
      options.note(
        "note: the weights are of the margin, whose logistic function or softmax are the probabilities"
          + (samples == nil && bins != .none ? "; they are exact" : ""))
    case (.prediction, _?):
      options.note(
        "note: the probabilities are a curved function of sums of trees, so they are sampled; --explain margin "
          + "explains the sums exactly")
    case (.prediction, nil): break
    }
  }

  /// How many rows are explained and written before the next ones are.
  private static let streamBlock = 256

  /// Writes rows while they come, in blocks, so that neither a reader nor the memory waits for the last one.
  private func stream(_ run: inout LimeRun, _ numbers: [Int], _ classes: LimeRun.Classes) throws {
    let workers = options.workers
    if format == .csv { try Terminal.write(LimeText.csvHeader) }
    for block in Workers.ranges(numbers.count, size: Self.streamBlock) {
      try run.explain(Array(numbers[block]), classes: classes, workers: workers)
      if format == .csv {
        try Terminal.write(LimeText.csv(run))
      } else {
        try write(
          lines: run, opening: block.lowerBound == 0, closing: block.upperBound == numbers.count ? numbers.count : nil)
      }
    }
  }

  private func write(lines run: LimeRun, opening: Bool, closing: Int?) throws {
    let first = opening ? try LimeJSON.opening(run) : ""
    let last = try closing.map { try LimeJSON.closing(count: $0, sha256: run.table.source.sha256) } ?? ""
    try Terminal.write(first + lines(run, options.workers) + last)
  }

  private func binning(_ trained: TrainedModel) throws -> Binning? {
    switch bins {
    case .none: return nil
    case .quartile: return .quartile
    case .decile: return .decile
    case .entropy: return .entropy
    case .tree:
      guard let ensemble = explain == .margin ? trained.margin : trained.ensemble else {
        throw UsageError.contradiction(
          "--bins tree takes the thresholds of a forest, and the model is a \(trained.kind.name)")
      }
      return .tree(ensemble)
    }
  }

  private func numbers(_ frame: DataFrame) throws -> [Int] {
    if let row { return try RowList(only: row).numbers(count: frame.rowCount) }
    if let condition { return try condition.numbers(frame) }
    return try (rows ?? .all).numbers(count: frame.rowCount)
  }

  private func chosenClasses(_ target: Target) throws -> LimeRun.Classes {
    guard let name = self.class else { return .predicted }
    guard let names = target.classNames else { throw UsageError.noClasses(option: "--class") }
    if let index = names.firstIndex(of: name) { return .one(index) }
    if name == "all" { return .all }
    throw UsageError.unknownClass(name: name, names: names)
  }
}

/// How many terms an explanation shows.
enum Limit: ExpressibleByArgument, Equatable, CustomStringConvertible {
  case count(Int)
  case all

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let count = Int(argument), count >= 1 {
      self = .count(count)
    } else {
      return nil
    }
  }

  var number: Int {
    switch self {
    case .count(let count): count
    case .all: .max
    }
  }

  var description: String {
    switch self {
    case .count(let count): "\(count)"
    case .all: "all"
    }
  }
}

/// A kernel width as it is asked for.
enum Width: ExpressibleByArgument, Equatable {
  case number(Double)
  case auto

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let number = Double(argument), number > 0, number.isFinite {
      self = .number(number)
    } else {
      return nil
    }
  }

  var value: KernelWidth {
    switch self {
    case .number(let number): .fixed(number)
    case .auto: .automatic
    }
  }
}
