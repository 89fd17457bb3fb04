import ArgumentParser
import DataFrames
import Learning
import Presentation
import Reports
import Runs
import Tensors

/// `xai-tab report`: everything about a data set and a model in one page, or saved results as a page.
struct ReportCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [ReportJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Everything about one data set and one model in one page.",
    discussion: """
      Examples:
        xai-tab report heart.csv -o Reports/heart.html
        xai-tab report student.csv --target G3 --model network -o Reports/student.html
        xai-tab report new.csv --model heart.onnx -o Reports/new.html
        xai-tab lime heart.csv --row 12 --format json > why.json
        xai-tab report --from why.json tree.json -o Reports/why.html

      The page says what the data are, how good the model is, what matters to it, and why single rows, \
      typical ones and those
      with the largest errors, get their predictions. It is one file that loads nothing. \
      With --from DATA is one or several
      files that other commands printed with --format json; they are shown and nothing is computed.
      """)

  @OptionGroup var data: DataOptions

  @Argument(help: "With --from: more results.")
  var more: [String] = []

  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Flag(
    name: .customLong("from"), help: "Show results that were saved with --format json, without computing them again.")
  var isSaved = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The page to write.", valueName: "file"))
  var output: String?

  @Option(help: "The form of what is printed: text (a summary) or json (all of it).")
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  func validate() throws {
    if !isSaved, let first = more.first { throw ValidationError("One DATA is enough; what is '\(first)'?") }
    if output == nil, isSaved || format == .text {
      throw ValidationError("Say which page to write: -o Reports/NAME.html.")
    }
    if isSaved, format == .json { throw ValidationError("--from has nothing to print: it writes a page.") }
  }

  func run() throws {
    if isSaved { return try renderSaved() }
    let inputs =
      data.source.paths + (model.model.flatMap { $0.kind == .file ? [$0.argument] : nil } ?? [])
    if let output { try OutputFile.check(output, isNoneOf: inputs) }
    let (frame, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let run = try ReportRun.run(table, model: model.request, options: options.settings)
    let result = ReportJSON(run, frame, isNamed: data.source.names)
    if let output { try write(page: result, to: output) }
    switch format {
    case .text:
      let lines =
        [result.headline] + result.alerts.map { "Beware: \($0)" } + (output.map { ["", "Wrote \($0)."] } ?? [])
      try Terminal.write(lines.map { OneLine.text($0) + "\n" }.joined())
    case .json: try Terminal.write(JSONText.text(result))
    }
  }

  private func write(page result: ReportJSON, to path: String) throws {
    var figures = Figures()
    var page = result.page(&figures)
    if !Provenance.isReproducible { page.provenance.append(Fact("Threads", "\(options.workers.count)")) }
    try PageFile.write(page, figures, to: path, options.settings)
  }

  private func renderSaved() throws {
    guard let output else { return }
    let paths = [data.data] + more
    try OutputFile.check(output, isNoneOf: paths)
    let saved = XAITab.results
    let results = try paths.map { path in
      try saved.read(FileBytes.read(path: path, workers: options.workers), path: path)
    }
    var figures = Figures()
    let page = SavedResults.page(results, paths: paths, &figures)
    try PageFile.write(page, figures, to: output, options.settings)
  }
}
