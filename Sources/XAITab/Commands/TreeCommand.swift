import ArgumentParser
import DataFrames
import Learning
import Reports
import Tensors
import Trees

/// `xai-tab tree`: a decision tree of the data, or of a model's answers.
struct TreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "A decision tree of the data, or of a model's answers.",
    discussion: """
      Examples:
        xai-tab tree heart.csv --prune
        xai-tab tree student.csv --target G3 --above mean --max-depth 3
        xai-tab tree heart.csv --model network --max-leaves 8 --html tree.html
        xai-tab tree penguins.csv --target species --criterion entropy --class-weight balanced

      CART (Breiman and others, 1984), grown to the end unless --max-depth, --min-samples-leaf, --max-leaves or --prune stop it;
      they are the tree's own and leave a --model as it is. Without --model all rows with a known target are used, and the figures
      on other rows come from trees that were grown alike without them. With --model the tree is one of the model's answers on
      the rows that it was trained on, and the first line says how well it follows the model on others.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "What tests decrease: gini or entropy; a number's variance always.")
  var criterion = Impurity.gini

  @Option(help: ArgumentHelp("The most leaves; the most useful tests are made first.", valueName: "number"))
  var maxLeaves: Int?

  @Flag(help: "Cut the tree back to the size that ten-fold cross-validation prefers.")
  var prune = false

  @Option(
    help: ArgumentHelp("'balanced', or weights such as 'yes=5,no=1'.", valueName: "weights"))
  var classWeight: WeightList?

  @Flag(help: "Test one word of a category at a time, not sets of words.")
  var oneHot = false

  @Option(help: "How often each column is permuted for its importance.")
  var repeats = 10

  @Option(help: ArgumentHelp("The most columns to list by importance, or 'all'.", valueName: "number"))
  var top = Limit.count(10)

  @Option(help: "The form of the result: text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Also write a page with the tree drawn to this file.", valueName: "file"))
  var html: String?

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
  enum Impurity: String, CaseIterable, ExpressibleByArgument { case gini, entropy }

  func validate() throws {
    if let maxLeaves, maxLeaves < 1 { throw ValidationError("--max-leaves is at least 1.") }
    if repeats < 1 { throw ValidationError("--repeats is at least 1.") }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: [data.data] + (data.labels.map { [$0] } ?? [])) }
    let (_, table) = try LearningTable.open(data, target, options, for: model.model == nil ? nil : model)
    var plain = model
    plain.maxDepth = nil
    plain.minSamplesLeaf = 1
    let explained = try model.model.map { _ in try ExplainedModel(table, options: plain, run: options) }
    let run = try TreeRun(
      table, explained,
      TreeRun.Request(
        tree: DecisionTree(
          criterion: criterion == .gini ? .gini : .entropy, maximumDepth: model.maxDepth,
          minimumSamplesLeaf: model.minSamplesLeaf, maximumLeaves: maxLeaves),
        isPruned: prune, classWeights: classWeight?.weights, isOneHot: oneHot, repeats: repeats, run: options))
    for warning in run.warnings { options.note("note: \(warning)") }
    if let html {
      let page = TreePage(run)
      if let reason = page.missingFigure { options.note("warning: \(reason); the page has its text alone") }
      try AtomicFile.write(try page.page.html(), to: html)
    }
    switch format {
    case .text: try Terminal.write(TreeText(run: run).text(limit: top.number))
    case .json: try Terminal.write(JSONText.text(TreeJSON(run: run)))
    }
  }
}

/// The weights of classes: `balanced`, or names with a number each.
struct WeightList: ExpressibleByArgument, Equatable {
  let weights: TreeRun.ClassWeights

  init?(argument: String) {
    if argument == "balanced" {
      weights = .balanced
      return
    }
    var given: [String: Double] = [:]
    for part in NameList(argument: argument)?.names ?? [] {
      guard let sign = part.lastIndex(of: "="), let weight = Double(part[part.index(after: sign)...]), weight > 0,
        weight.isFinite
      else { return nil }
      given[String(part[..<sign])] = weight
    }
    if given.isEmpty { return nil }
    weights = .given(given)
  }
}
