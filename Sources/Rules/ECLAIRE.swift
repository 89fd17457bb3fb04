import DataFrames
import Learning
import Tensors

/// ECLAIRE (Espinosa Zarlenga, Shams & Jamnik, *Efficient decompositional rule extraction for deep neural networks*,
/// 2021).
///
/// For each hidden layer rules from its units to the network's class; the rows for which such a rule fires are
/// described by rules over the inputs, which conclude as it does. So the work grows with the number of intermediate
/// rules, and no product of rules arises. The union is then generalised and a short list chosen on the network's
/// answers, random rows among them. Where rules that vote, learned from the clauses of the layers (`RuleCommittee`),
/// follow the network clearly better on rows set aside for that, they are given instead.
public struct ECLAIRE: RuleExtractor {
  /// The fewest rows, as a share of all, on a side of a cut.
  public var minimumShare: Double

  /// ECLAIRE with trees whose cuts leave at least a share of the rows on each side.
  public init(minimumShare: Double = 0.001) { self.minimumShare = minimumShare }

  /// `eclaire`.
  public var name: String { "eclaire" }
  /// What the method does.
  public var summary: String { "takes the hidden layers of a network apart, trained here or from a file" }
  /// A network's hidden layers.
  public var requirement: ExtractionRequirement { .network }

  /// A rule over one layer's units.
  private struct Intermediate: Sendable {
    let fired: RowSet
    let conclusion: Int
    let confidence: Double
  }

  /// Extracts rules.
  /// - Throws: `ExtractionError.needsNetwork`, and what keeps the model from answering.
  /// - Complexity: O(layers · n · units + intermediate rules · n · features · depth)
  public func extract(_ given: ExtractionTask) throws -> Extraction {
    let network = try given.network(for: self)
    let start = ContinuousClock.now
    let (task, rowCuts) = given.withinBudget()
    let (learning, aside) = task.partedForComparison()
    let reference = try learning.reference(synthetic: learning.syntheticCount)
    let classCount = task.classNames.count
    let least = max(2, Int(minimumShare * Double(reference.labels.count)))
    let all = Array(reference.labels.indices)
    let budget = task.budget.first(0.2, since: start)
    let units = try network.hiddenActivations(reference.rows, workers: task.workers).map {
      CodedRows(units: $0, maximumBins: 64, workers: task.workers)
    }
    let layers = units.map { Self.intermediate($0, reference.labels, classCount, least, budget, task.workers) }
    let intermediate = layers.flatMap(\.rules).sorted { $0.confidence > $1.confidence }
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 256, workers: task.workers)
    let coded = CodedRows(reference.rows, table, workers: task.workers)
    let clauses = task.workers.map(count: intermediate.count) { index -> [RuleCover.Candidate]? in
      // The time that is left is for choosing among what was found.
      if index > 0, task.budget.first(0.5, since: start).isSpent { return nil }
      let rule = intermediate[index]
      let tree = CodedTree(
        coded, chosen: all, labels: all.map { rule.fired.contains($0) ? 1 : 0 }, classCount: 2,
        settings: CodedTree.Settings(minimumRows: least, budget: task.budget.first(0.55, since: start)))
      return tree.leaves.filter { tree.majority($0.node) == 1 }.map {
        RuleCover.Candidate(box: $0.box, conclusion: rule.conclusion)
      }
    }
    var seen: Set<RuleCover.Candidate> = []
    let candidates = clauses.compactMap { $0 }.flatMap { $0 }.filter { seen.insert($0).inserted }
    var cover = RuleCover(
      coded, labels: reference.labels, classCount: classCount, budget: task.budget.first(0.8), limits: task.limits)
    cover.minimumGain = max(2, Double(coded.count) / 2500)
    let list = cover.list(candidates, workers: task.workers)
    let done = clauses.count { $0 != nil }
    var cuts = rowCuts + (layers.contains(where: \.isCut) ? [.unfinishedTree] : [])
    if done < intermediate.count { cuts.append(.intermediateRules(kept: done, of: intermediate.count)) }
    cuts += list.cuts
    var rules = learning.ruleSet(list, table)
    let committee = RuleCommittee(
      inputs: coded, layers: units, labels: reference.labels, count: learning.labels.count, classCount: classCount,
      columns: Array(task.features.indices), seed: task.seed)
    try committee.replace(
      &rules, &cuts, on: aside, network, learning, task,
      budgets: (task.budget.first(0.95, since: start), task.budget.first(0.95, since: start)))
    return Extraction(rules: task.finished(rules), cuts: cuts)
  }

  /// The rules from one layer's units to the network's classes.
  private static func intermediate(
    _ coded: CodedRows, _ labels: [Int], _ classCount: Int, _ least: Int, _ budget: Budget, _ workers: Workers
  ) -> (rules: [Intermediate], isCut: Bool) {
    let tree = CodedTree(
      coded, chosen: Array(labels.indices), labels: labels, classCount: classCount,
      settings: CodedTree.Settings(minimumRows: least, budget: budget), workers: workers)
    let rules = tree.leaves.map { leaf in
      let conclusion = tree.majority(leaf.node)
      let right = Double(tree.count(leaf.node, conclusion))
      return Intermediate(
        fired: coded.rows(in: leaf.box), conclusion: conclusion,
        confidence: (right + 1) / (Double(tree.total(leaf.node)) + 2))
    }
    return (rules, tree.isCut)
  }
}

extension CodedRows {
  /// The units of a layer as columns of numbers, cut where rows lie.
  init(units: Matrix, maximumBins: Int, workers: Workers) {
    let features = (0..<units.columns).map { Feature(name: "unit \($0)", kind: .number) }
    self.init(
      units, CutTable(features: features, rows: units, maximumBins: maximumBins, workers: workers), workers: workers)
  }
}
