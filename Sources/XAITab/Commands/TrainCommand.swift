import ArgumentParser
import DataFrames
import Learning
import ModelFiles
import Presentation
import Runs
import Surrogates
import Tensors

/// `xai-tab train`: fits a model and saves it.
struct TrainCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [TrainJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fits a forest, network or linear model and saves it as an ONNX file.",
    discussion: """
      Examples:
        xai-tab train heart.csv -o heart.onnx
        xai-tab train heart.csv -o heart.onnx --model network --hidden 32,32
        xai-tab lime new.csv --row 1 --model heart.onnx

      The file takes the raw columns: scaling, categories and missing cells are in it. It carries what explanations
      need of the training rows.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The ONNX file to write.", valueName: "file"))
  var output: String

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  func run() throws {
    guard model.kind.isTrained else {
      throw UsageError.contradiction(
        "train fits a forest, a network or a linear model; the model given is there already")
    }
    let inputs = data.source.paths
    try OutputFile.check(output, isNoneOf: inputs)
    if let html { try OutputFile.check(html, isNoneOf: inputs + [output]) }
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.request, options.settings)
    let trained = try TrainedModel.make(table, model.request, options.settings)
    let file = try TrainedFile(trained, table, target: target.request, seed: options.seed)
    try AtomicFile.write(try file.model.bytes(), to: output)
    let result = TrainJSON(trained, table, path: output, seed: options.seed)
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text:
      let warning = trained.warning.map { "Beware: \($0)\n" } ?? ""
      try Terminal.write(
        OneLine.text(
          "Wrote \(output): it takes \(Plural.text(table.encoding.features.count, "column", "columns")) "
            + "and predicts \(table.targetName).") + "\n" + ModelText.line(trained) + "\n" + warning)
    case .json: try Terminal.write(JSONText.text(result))
    }
  }
}
