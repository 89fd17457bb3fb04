import ArgumentParser
import DataFrames
import Learning
import Presentation
import Rules
import Runs
import Tensors

/// `xai-tab check`: what a rule set does on all rows of a table.
struct CheckCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [CheckJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "A rule set against all rows of a table, and against a model.",
    discussion: """
      Examples:
        xai-tab check heart.rules heart.csv
        xai-tab check heart.rules heart.csv --model forest
        xai-tab check new.rules heart.csv --against old.rules
        zcat huge.csv.gz | xai-tab check heart.rules - --model heart.onnx
        xai-tab check heart.rules huge.csv --format ndjson -o huge.ndjson

      The rules are what xai-tab rules printed as text or JSON, or a file
      written by hand in the same form. Without --model they are held against
      the target alone. Without a model, and with one that train saved, the rows
      are read in batches, so that there may be any number of them.
      """)

  @Argument(help: "The rules, as text or JSON; - for standard input.")
  var rules: String

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("Also say where these rules decide otherwise.", valueName: "file"))
  var against: String?

  @OptionGroup var batch: BatchOptions

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  @Option(help: "The form of the result: text, json, or ndjson, a line a row.")
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, ndjson }

  func run() throws {
    if let html {
      try OutputFile.check(html, isNoneOf: data.source.paths + [rules] + (against.map { [$0] } ?? []))
    }
    if [rules, data.data, against].count(where: { $0 == "-" }) > 1 {
      throw UsageError.contradiction("rules and data cannot both come from standard input")
    }
    if format != .ndjson, batch.output != nil || batch.timeLimit != nil {
      throw UsageError.contradiction("--output, --resume and --time-limit go with --format ndjson")
    }
    let workers = options.workers
    let own = try RuleFile(path: rules, workers: workers)
    let other = try against.map { try RuleFile(path: $0, workers: workers) }
    if try BatchRun<FileBinding>.isPossible(data.source, model.request, needsStatistics: false, workers: workers) {
      var source = try BatchRun(
        data.source, target.request, model: model.request.argument, firstRow: batch.firstRow, options.settings)
      let trained = try TrainedModel.make(source.first, model.request, options.settings)
      let check = try check(own, other, source.first)
      try run(check, &source, trained) { source in check.unknown(source.first) }
    } else if model.model == nil, data.source.isStreamable, target.task != .regression, target.above?.bound != .mean {
      var source = try BatchRun(
        data.source, firstRow: batch.firstRow, expecting: [], options.settings
      ) { frame in
        try RuleBinding([own] + (other.map { [$0] } ?? []), frame, data: data.source, target: target.request)
      }
      try run(try check(own, other, source.first), &source, nil) { source in
        let (unknown, notes) = try source.binding.finish(own)
        for note in notes { options.note(note) }
        return unknown
      }
    } else {
      try runWhole(own, other)
    }
  }

  private func check(_ own: RuleFile, _ other: RuleFile?, _ table: LearningTable) throws -> RuleCheck {
    guard let names = table.target.classNames else { throw ExtractionError.needsClasses }
    return try RuleCheck(own, against: other, features: table.encoding.features, classNames: names)
  }

  /// Checks rows while they are read; `finish` says at the end what of the rules the table does not have.
  private func run<Binding>(
    _ check: RuleCheck, _ source: inout BatchRun<Binding>, _ trained: TrainedModel?,
    finish: (BatchRun<Binding>) throws -> [String]
  ) throws {
    var check = check
    let workers = options.workers
    let lines = CheckLines(check: check)
    let targetName = source.first.targetName
    let output =
      format == .ndjson
      ? try LineOutput(
        path: batch.output, opening: lines.opening(trained, targetName: targetName, seed: options.seed),
        resumes: batch.resume) : nil
    let budget = batch.budget(options, showing: "checking rules")
    var known = output?.known ?? 0
    // The figures are those of all rows, so a resumed run counts the known ones again.
    let isWhole = try source.forEach(behind: 0) { part, source in
      switch part {
      case .failure(let row, let reason):
        if known > 0 { known -= 1 } else { try output?.write(LimeJSON.line(failure: reason, row: row)) }
      case .table(let table, let firstRow):
        let answers = try trained?.model.predict(table.rows, workers: workers)
        let outcomes = try check.add(table, answers: answers, firstRow: firstRow, workers: workers)
        let text = try output.map { _ in
          try lines.text(
            outcomes, table, rows: min(known, outcomes.count)..<outcomes.count,
            answers: answers.map { Metrics.classes($0) }, firstRow: firstRow, workers: workers)
        }
        known -= min(known, outcomes.count)
        if let output, let text { try output.write(text) }
      }
      budget.report(source)
      return !budget.isSpent
    }
    budget.reportEnd()
    guard let output else { return try show(run(check, source, trained, finish)) }
    if isWhole {
      let result = CheckJSON(try run(check, source, trained, finish))
      try output.write(CheckLines.closing(result, failed: source.failed))
      try writePage(result)
    }
    try output.finish(source, isWhole: isWhole, options.settings)
  }

  private func run<Binding>(
    _ check: RuleCheck, _ source: BatchRun<Binding>, _ trained: TrainedModel?,
    _ finish: (BatchRun<Binding>) throws -> [String]
  ) throws -> CheckRun {
    let unknown = try finish(source)
    if source.failed > 0, format != .ndjson {
      options.note("\(Plural.text(source.failed, "row", "rows")) could not be read")
    }
    return CheckRun(
      check, source: source.source(), targetName: source.first.targetName, trained: trained, seed: options.seed,
      unknown: unknown)
  }

  /// Checks a table that has to be read whole.
  private func runWhole(_ own: RuleFile, _ other: RuleFile?) throws {
    try batch.refuse()
    let workers = options.workers
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.requestIfNamed, options.settings)
    var check = try check(own, other, table)
    let explained = try model.model.map { _ in try ExplainedModel.make(table, model.request, options.settings) }
    let outcomes = try check.add(
      table, answers: explained?.answers, firstRow: 1, workers: options.settings.workers(showing: "checking rules"))
    let run = CheckRun(
      check, source: table.source, setAside: table.setAside, targetName: table.targetName, trained: explained?.trained,
      seed: options.seed,
      unknown: check.unknown(table))
    guard format == .ndjson else { return try show(run) }
    let lines = CheckLines(check: check)
    try Terminal.write(lines.opening(explained?.trained, targetName: table.targetName, seed: options.seed))
    let answers = explained.map { Metrics.classes($0.answers) }
    for block in Workers.ranges(outcomes.count, size: 4096) {
      try Terminal.write(lines.text(outcomes, table, rows: block, answers: answers, firstRow: 1, workers: workers))
    }
    let result = CheckJSON(run)
    try Terminal.write(CheckLines.closing(result, failed: 0))
    try writePage(result)
  }

  private func show(_ run: CheckRun) throws {
    let result = CheckJSON(run)
    try writePage(result)
    try Terminal.write(format == .json ? JSONText.text(result) : CheckText(result: result).text)
  }

  private func writePage(_ result: CheckJSON) throws {
    if let html { try PageFile.write(result, to: html, options.settings) }
  }
}
