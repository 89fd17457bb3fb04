import DataFrames
import Learning
import Tensors

/// DeepRED (Zilke, Loza Mencía & Janssen, *DeepRED – Rule extraction from deep neural networks*, 2016; CRED for many
/// layers): the network is taken apart layer by layer, from the output to the inputs, and put together again as one
/// decision graph.
///
/// The class is a tree over the units of the last hidden layer. For each unit that a tree asks for, one tree over the
/// layer below tells between which of the asked cuts the unit lies, so that what stands for unit > a and for unit > b
/// never contradict each other. Then each test of the graph is replaced by the tree of its unit, whose leaves lead to
/// where the test's arms lead; equal parts are held once, so no product of rules is ever written down. The graph is
/// exact for the composition. The rules are the ways of rows through it, without the conditions that do not help the
/// network's answers, and of those a short list. Where rules that vote, learned from the clauses of the hidden layers
/// (`RuleCommittee`), follow the network clearly better on rows set aside for that, they are given instead.
///
/// Differences from the paper: units are cut at few quantiles, inner trees are pruned and see random rows too, and the
/// order of the final rules matters. Columns that the network does not need are left out first (`InputPruning`).
public struct DeepRED: RuleExtractor {
  /// The fewest rows, as a share of all, on a side of a cut; larger where the graph would be too large.
  public var minimumShare: Double
  /// The most codes of a unit.
  public var unitBins: Int
  /// The share of the network's answers that may change without the columns that are left out.
  public var pruningLoss: Double
  /// The most nodes of the graph.
  public var maximumNodes: Int
  /// The most rows whose ways through the graph become candidates.
  public var maximumWays: Int

  /// DeepRED with the given bounds.
  public init(
    minimumShare: Double = 0.005, unitBins: Int = 16, pruningLoss: Double = 0.01, maximumNodes: Int = 300_000,
    maximumWays: Int = 4000
  ) {
    self.minimumShare = minimumShare
    self.unitBins = unitBins
    self.pruningLoss = pruningLoss
    self.maximumNodes = maximumNodes
    self.maximumWays = maximumWays
  }

  /// `deepred`.
  public var name: String { "deepred" }
  /// What the method does.
  public var summary: String { "takes the hidden layers of a network apart, trained here or from a file" }
  /// A network's hidden layers.
  public var requirement: ExtractionRequirement { .network }

  /// About the most rows that one inner tree learns from.
  private static let learningRows = 10_000
  /// Bytes that a node of the graph takes, its place in the dictionary among them.
  private static let nodeBytes = 400

  /// What rules are made from: rows to learn from with the network's classes, in integers, and its hidden layers.
  private struct Material {
    let table: CutTable
    let inputs: CodedRows
    let labels: [Int]
    let layers: [CodedRows]
    let columns: [Int]
  }

  /// Extracts rules.
  /// - Returns: the rules, and the graph.
  /// - Throws: `ExtractionError.needsNetwork`, and what keeps the model from answering.
  public func extract(_ given: ExtractionTask) throws -> Extraction {
    let network = try given.network(for: self)
    let start = ContinuousClock.now
    let (task, rowCuts) = given.withinBudget()
    let (learning, aside) = task.partedForComparison()
    let reference = try learning.reference(synthetic: learning.syntheticCount)
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 256, workers: task.workers)
    let material = Material(
      table: table, inputs: CodedRows(reference.rows, table, workers: task.workers), labels: reference.labels,
      layers: try network.hiddenActivations(reference.rows, workers: task.workers).map {
        CodedRows(units: $0, maximumBins: unitBins, workers: task.workers)
      }, columns: try InputPruning(loss: pruningLoss).neededColumns(task))
    let (graph, share) = graph(material, task, since: start)
    let list = list(material, graph, task, since: start)
    var rules = learning.ruleSet(list, table)
    var cuts = rowCuts + list.cuts
    if share > minimumShare { cuts.insert(.coarserGraph(share: share), at: 0) }
    let committee = RuleCommittee(
      inputs: material.inputs, layers: material.layers, labels: material.labels, count: learning.labels.count,
      classCount: task.classNames.count, columns: Array(task.features.indices), seed: task.seed)
    try committee.replace(
      &rules, &cuts, on: aside, network, learning, task,
      budgets: (task.budget.first(0.9, since: start), task.budget.first(0.95, since: start)))
    return Extraction(
      rules: task.finished(rules), graph: graph, cuts: cuts)
  }

  /// The finest graph that the budget allows, and the share of the rows on each side of its cuts.
  private func graph(
    _ material: Material, _ task: ExtractionTask, since start: ContinuousClock.Instant
  ) -> (graph: DecisionGraph, share: Double) {
    let limit = min(maximumNodes, max(1000, task.limits.maximumMemory / Self.nodeBytes))
    let budget = task.budget.first(0.45, since: start)
    var share = minimumShare
    // With half of the rows at least on each side a tree is a leaf.
    while share < 0.5, !budget.isSpent {
      let least = max(2, Int(share * Double(min(material.labels.count, Self.learningRows))))
      if let graph = composed(material, task, least: least, limit: limit, budget: budget) { return (graph, share) }
      share *= 2
    }
    let counts = task.classNames.indices.map { label in material.labels.count { $0 == label } }
    let commonest = counts.argmax()
    return (DecisionGraph(table: material.table, outputs: task.classNames.count, class: commonest), 0.5)
  }

  /// A list of rules of which the first that fires decides, from the graph's ways.
  private func list(
    _ material: Material, _ graph: DecisionGraph, _ task: ExtractionTask, since start: ContinuousClock.Instant
  ) -> RuleCover.List {
    let inputs = material.inputs
    // The more rows there are, the longer a way takes to generalise.
    let wayCount = min(maximumWays, material.labels.count, 100 + 40_000_000 / max(1, material.labels.count))
    let ways = task.workers.silent.map(count: wayCount) { row in
      graph.path(inputs, row: row)
    }
    // What many ways have in common shows in a tree of the graph's own decisions.
    let summary = CodedTree(
      inputs, chosen: Array(material.labels.indices), labels: graph.classes(inputs), classCount: graph.outputs,
      columns: material.columns,
      settings: CodedTree.Settings(
        minimumRows: max(2, inputs.count / 1000), budget: task.budget.first(0.55, since: start)),
      workers: task.workers)
    let leaves = summary.leaves.map { (box: $0.box, conclusion: summary.majority($0.node)) }
    var seen: Set<RuleCover.Candidate> = []
    let candidates = (leaves + ways).map { RuleCover.Candidate(box: $0.box, conclusion: $0.conclusion) }.filter {
      $0.box.isSatisfiable && seen.insert($0).inserted
    }
    var cover = RuleCover(
      inputs, labels: material.labels, classCount: task.classNames.count, budget: task.budget.first(0.6),
      limits: task.limits)
    cover.minimumGain = max(2, Double(inputs.count) / 2500)
    return cover.list(candidates, workers: task.workers)
  }

  /// The graph over the inputs; nil where it would have more nodes than allowed.
  private func composed(
    _ material: Material, _ task: ExtractionTask, least: Int, limit: Int, budget: Budget
  ) -> DecisionGraph? {
    let (inputs, columns, layers, labels) = (material.inputs, material.columns, material.layers, material.labels)
    let classCount = task.classNames.count
    let settings = CodedTree.Settings(minimumRows: least, maximumDepth: 10, purity: 0.995, budget: budget)
    let below = [inputs] + layers
    let last = below[below.count - 1]
    let all = Array(stride(from: 0, to: labels.count, by: max(1, labels.count / Self.learningRows)))
    let top = CodedTree(
      last, chosen: all, labels: labels, classCount: classCount, columns: layers.isEmpty ? columns : nil,
      settings: settings)
    var graph = DecisionGraph(table: last.table, outputs: classCount)
    graph.root = graph.grafted(top, onto: Array(0..<classCount), from: 0)
    for depth in (0..<layers.count).reversed() {
      let units = Array(graph.askedCuts().sorted { $0.key < $1.key })
      let trees = task.workers.silent.map(count: units.count) { index -> CodedTree in
        let (unit, cuts) = units[index]
        let bins = labels.indices.map { row in
          let code = Int(layers[depth].code(row: row, column: unit))
          return cuts.firstIndex { code <= $0 } ?? cuts.count
        }
        return CodedTree(
          below[depth], chosen: all, labels: bins, classCount: cuts.count + 1, columns: depth == 0 ? columns : nil,
          settings: settings)
      }
      let byUnit = Dictionary(
        uniqueKeysWithValues: zip(units, trees).map { ($0.key, (cuts: $0.value, tree: $1)) })
      guard !budget.isSpent,
        let next = graph.substituting(byUnit, table: below[depth].table, limit: limit)
      else { return nil }
      graph = next
    }
    return graph
  }
}
