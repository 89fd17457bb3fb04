import ArgumentParser
import Learning
import Presentation
import Reports
import Runs
import Tensors
import Trees

/// `xai-tab tree`: a decision tree of the data, or of a model's answers.
struct TreeCommand: ResultCommand {
  static var results: [any PagedResult.Type] { [TreeJSON.self] }

  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "A decision tree of the data, or of a model's answers.",
    discussion: """
      Examples:
        xai-tab tree heart.csv --prune
        xai-tab tree student.csv --target G3 --above mean --max-depth 3
        xai-tab tree heart.csv --model network --max-leaves 8 --html tree.html
        xai-tab tree penguins.csv --target species --criterion entropy --class-weight balanced
        xai-tab tree heart.csv --method c45

      CART (Breiman and others, 1984), grown to the end unless --max-depth, --min-samples-leaf, \
      --max-leaves or --prune stop it;
      they are the tree's own and leave a --model as it is. Without --model all rows with a known target are used, \
      and the figures
      on other rows come from trees that were grown alike without them. \
      With --model the tree is one of the model's answers on
      the rows that it was trained on, and the first line says how well it follows the model on others.

      --method c45 (Quinlan, 1993) is for classes: a branch for each category, tests by gain ratio, \
      missing cells in all branches at
      once, pruned by expected errors unless --no-prune; the same trees as J48 of Weka. \
      Its --min-samples-leaf is 2 unless told.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var target: TargetArguments
  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(help: "How the tree is grown: cart or c45.")
  var method = Method.cart

  @Option(help: "What tests of cart decrease: gini (the default) or entropy; a number's variance always.")
  var criterion: Impurity?

  @Option(help: ArgumentHelp("The most leaves; the most useful tests are made first.", valueName: "number"))
  var maxLeaves: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Cut the tree back: cart to the size that ten-fold cross-validation prefers, c45 by expected errors.")
  var prune: Bool?

  @Option(help: ArgumentHelp("c45: the confidence of pruning, 0.25 unless told; less prunes more.", valueName: "share"))
  var confidence: Double?

  @Flag(
    name: .customLong("release-8"), help: "c45: the table of confidence limits of C4.5 release 8, not the exact ones.")
  var release8 = false

  @Flag(help: "c45: put categories into groups, one branch a group.")
  var groupCategories = false

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
  enum Method: String, CaseIterable, ExpressibleByArgument { case cart, c45 }
  enum Impurity: String, CaseIterable, ExpressibleByArgument { case gini, entropy }

  func validate() throws {
    if let maxLeaves, maxLeaves < 1 { throw ValidationError("--max-leaves is at least 1.") }
    if repeats < 1 { throw ValidationError("--repeats is at least 1.") }
    if let confidence, !(confidence > 0 && confidence <= 0.5) {
      throw ValidationError("--confidence is above 0 and at most 0.5.")
    }
    let ofC45 = [
      ("--confidence", confidence != nil), ("--release-8", release8), ("--group-categories", groupCategories),
    ]
    let ofCART = [
      ("--criterion", criterion != nil), ("--max-leaves", maxLeaves != nil), ("--class-weight", classWeight != nil),
      ("--one-hot", oneHot),
    ]
    if let (name, _) = (method == .cart ? ofC45 : ofCART).first(where: { $0.1 }) {
      throw ValidationError("\(name) has no meaning for --method \(method.rawValue).")
    }
  }

  func run() throws {
    if let html { try OutputFile.check(html, isNoneOf: data.source.paths) }
    let (_, table) = try LearningTable.open(data.source, target.request, for: model.requestIfNamed, options.settings)
    // What bounds the tree leaves the model as it is.
    var plain = model.requestIfNamed
    plain?.maximumDepth = nil
    plain?.minimumSamplesLeaf = 1
    let explained = try plain.map { try ExplainedModel.make(table, $0, options.settings) }
    if method == .c45 { return try runC45(table, explained) }
    let run = try TreeRun.run(
      table, explained,
      TreeRun.Request(
        tree: DecisionTree(
          criterion: criterion == .entropy ? .entropy : .gini, maximumDepth: model.maxDepth,
          minimumSamplesLeaf: model.minSamplesLeaf, maximumLeaves: maxLeaves),
        isPruned: prune ?? false, classWeights: classWeight?.weights, isOneHot: oneHot, repeats: repeats,
        run: options.settings))
    try write(TreeJSON(run))
  }

  private func runC45(_ table: LearningTable, _ explained: ExplainedModel?) throws {
    var learner = C45()
    learner.isPruned = prune ?? true
    learner.errors = PessimisticErrors(confidence: confidence ?? 0.25, quantile: release8 ? .release8 : .exact)
    learner.groupsCategories = groupCategories
    if model.minSamplesLeaf > 1 { learner.minimumCases = Double(model.minSamplesLeaf) }
    if let maxDepth = model.maxDepth { learner.maximumDepth = maxDepth }
    let run = try C45Run.run(table, explained, learner, options.settings)
    try write(TreeJSON(run))
  }

  /// Writes the result in the form that is asked for, and the page if one is.
  private func write(_ result: TreeJSON) throws {
    for warning in result.warnings { options.note("note: \(warning)") }
    if let html { try PageFile.write(result, to: html, options.settings) }
    switch format {
    case .text: try Terminal.write(TreeText(result: result).text(limit: top.number))
    case .json: try Terminal.write(JSONText.text(result))
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
