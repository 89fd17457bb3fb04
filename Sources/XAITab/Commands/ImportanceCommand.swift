import ArgumentParser
import Learning
import Presentation
import Reports
import Runs
import Tensors

/// `xai-tab importance`: which columns matter to a model.
struct ImportanceCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [ImportanceJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "importance",
    abstract: "Which columns matter to a model: how much worse it does without what they say.",
    discussion: """
      Examples:
        xai-tab importance heart.csv
        xai-tab importance heart.csv --model network --metric log-loss
        xai-tab importance genes.csv --groups auto --top 20
        xai-tab importance heart.csv --by drop
        xai-tab importance heart.csv --groups "age,max HR;gender"

      The cells of a column are put out of order and the model is asked again, on rows that it has not seen. \
      Columns that say the
      same stand in for each other and may all look unimportant: --groups auto puts them out of order together, \
      and --by drop
      trains the model anew without them, which alone tells whether they are needed.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(
    help:
      "How a column is taken away: permute its cells, drop it and train again, its mean, or permute among alike rows.")
  var by = Method.permute

  @Option(help: ArgumentHelp("How often each column is taken away; 10, or 3 for --by drop.", valueName: "number"))
  var repeats: Int?

  @Option(
    help: ArgumentHelp(
      "Columns that are taken away together: auto (|Spearman| above 0.9), or names such as 'a,b;c,d'.",
      valueName: "groups"))
  var groups: GroupList?

  @Option(
    help:
      "The score: \(MetricName.list(ofClasses: true)) for classes; \(MetricName.list(ofClasses: false)) for a number.")
  var metric: MetricName?

  @Option(help: ArgumentHelp("Show this many columns of the text form, or 'all'.", valueName: "number"))
  var top = Limit.count(20)

  @Option(help: "The form of the result: text, json or csv.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page with the figure to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }
  enum Method: String, CaseIterable, ExpressibleByArgument { case permute, drop, mean, conditional }
  func validate() throws {
    if let repeats, repeats < 1 { throw ValidationError("--repeats is at least 1.") }
    if html != nil && format == .csv { throw ValidationError("--html goes with --format text or json.") }
    if by == .drop, !model.kind.isTrained {
      throw ValidationError("--by drop trains the model again, which a model that is there already cannot be.")
    }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let score = try chosenScore(table.target)
    let trained = try TrainedModel.make(table, model.request, options.settings)
    let run = try ImportanceRun.run(
      table, trained,
      ImportanceRun.Request(
        method: ImportanceRun.Method(rawValue: by.rawValue) ?? .permute, repeats: repeats ?? (by == .drop ? 3 : 10),
        groups: groups?.groups ?? .single, score: score, run: options.settings, model: model.request))
    for warning in run.warnings { options.note("warning: \(warning)") }
    let result = ImportanceJSON(run)
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(ImportanceText(result: result).text(limit: top.number))
    case .json: try Terminal.write(JSONText.text(result))
    case .csv: try Terminal.write(ImportanceText(result: result).csv)
    }
  }

  private func chosenScore(_ target: Target) throws -> Score {
    let fitting = Score.scores(of: target)
    guard let score = metric?.score else { return fitting[0] }
    guard fitting.contains(score) else {
      throw UsageError.contradiction(
        "--metric \(score.optionName) does not fit the target, \(target.classNames == nil ? "a number" : "classes"): "
          + "\(fitting.map(\.optionName).joined(separator: ", ")) do")
    }
    return score
  }
}

/// Groups of columns: `auto`, or names with commas between them and semicolons between the groups.
struct GroupList: ExpressibleByArgument, Equatable {
  let groups: ImportanceRun.Groups

  init?(argument: String) {
    if argument == "auto" {
      groups = .correlated
      return
    }
    var parts = [""]
    var isQuoted = false
    for character in argument {
      if character == "\"" { isQuoted.toggle() }
      if character == ";", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    let lists = parts.map { NameList(argument: $0)?.names ?? [] }
    guard lists.allSatisfy({ !$0.isEmpty && !$0.contains("") }) else { return nil }
    groups = .given(lists)
  }
}

/// The name of a score.
struct MetricName: ExpressibleByArgument {
  let score: Score

  init?(argument: String) {
    guard let score = Score.all.first(where: { $0.optionName == argument }) else { return nil }
    self.score = score
  }

  static var allValueStrings: [String] { Score.all.map(\.optionName) }

  /// The names of the scores of classes, or of a number, in words.
  static func list(ofClasses: Bool) -> String {
    Score.all.filter { $0.isOfClasses == ofClasses }.map(\.optionName).inWords("or")
  }
}
