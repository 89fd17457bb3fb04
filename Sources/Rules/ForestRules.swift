import Tensors
import Trees

/// Rules from the trees of a forest: the ways to all leaves as boxes, without the conditions that do not help, and of
/// those a short list that decides as the forest does (Deng, *Interpreting tree ensembles with inTrees*, 2019, sections
/// 3 to 5).
public struct ForestRules: RuleExtractor {
  /// The most ways to leaves that are looked at, those of most rows first.
  public var maximumCandidates: Int

  /// Rules from at most so many ways to leaves.
  public init(maximumCandidates: Int = 6000) { self.maximumCandidates = maximumCandidates }

  /// `forest`.
  public var name: String { "forest" }
  /// What the method does.
  public var summary: String { "takes a forest apart" }
  /// A forest.
  public var requirement: ExtractionRequirement { .forest }

  /// Extracts rules.
  /// - Throws: `ExtractionError.needsForest`, and what keeps the model from answering.
  /// - Complexity: O(n · trees · depth + candidates · sides² · n / 64)
  public func extract(_ given: ExtractionTask) throws -> Extraction {
    let ensemble = try given.trees(for: self)
    let (task, rowCuts) = given.withinBudget()
    let reference = try task.reference(synthetic: task.syntheticCount)
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 1024, workers: task.workers)
    let coded = CodedRows(reference.rows, table, workers: task.workers)
    let (kept, count) = candidates(ensemble, coded, table, task)
    var cover = RuleCover(
      coded, labels: reference.labels, classCount: task.classNames.count, budget: task.budget,
      limits: task.limits)
    cover.minimumGain = max(2, Double(coded.count) / 2000)
    let list = cover.list(kept, workers: task.workers)
    return Extraction(
      rules: task.finished(task.ruleSet(list, table)),
      cuts: rowCuts + (kept.count < count ? [.candidates(kept: kept.count, of: count)] : []) + list.cuts)
  }

  /// The leaves that most training rows fall into, and the number of all that any falls into.
  private func candidates(
    _ ensemble: TreeEnsemble, _ coded: CodedRows, _ table: CutTable, _ task: ExtractionTask
  ) -> ([RuleCover.Candidate], Int) {
    // Where no cell of a column is missing, a rule says nothing of missing ones.
    let isMissing = task.features.indices.map { column in
      (0..<task.rows.rows).contains { task.rows[$0, column].isNaN }
    }
    let budget = task.budget.first(0.3)
    let found = task.workers.silent.map(count: ensemble.trees.count) { index in
      index > 0 && budget.isSpent ? [] : leaves(ensemble, index, table, task, isMissing)
    }.flatMap { $0 }
    let order = found.fallingOrder(by: \.rows)
    return (order.prefix(maximumCandidates).map { found[$0].candidate }, found.count)
  }

  private func leaves(
    _ ensemble: TreeEnsemble, _ index: Int, _ table: CutTable, _ task: ExtractionTask, _ isMissing: [Bool]
  ) -> [(candidate: RuleCover.Candidate, rows: Int)] {
    let tree = ensemble.trees[index]
    var found: [(candidate: RuleCover.Candidate, rows: Int)] = []
    var pending = [(node: 0, box: Box.everything, rows: Array(0..<task.rows.rows))]
    while let (place, box, rows) = pending.popLast() {
      let node = tree.nodes[place]
      if rows.isEmpty { continue }
      if node.isLeaf {
        let values = tree.leafValues[node.leaf * ensemble.outputs..<(node.leaf + 1) * ensemble.outputs]
        let best = values.argmax()
        found.append((RuleCover.Candidate(box: box, conclusion: best), rows.count))
        continue
      }
      let column = ensemble.columns[Int(node.slot)]
      let (left, right) = sides(tree, node, column, table, isMissing)
      for (side, child) in [(right, 1), (left, 0)] {
        guard let part = box.intersection(Box(sides: table.isFull(side) ? [] : [side])) else { continue }
        pending.append(
          (
            Int(node.firstChild) + child, part,
            rows.filter { side.allows(table.code(task.rows[$0, column], column: column)) }
          ))
      }
    }
    return found
  }

  /// The two sides of a test, a threshold taking the place of the nearest cut.
  private func sides(
    _ tree: Tree, _ node: Tree.Node, _ column: Int, _ table: CutTable, _ isMissing: [Bool]
  ) -> (left: Box.Side, right: Box.Side) {
    let size = table.sizes[column]
    let goesLeft = node.missingGoesLeft && isMissing[column]
    let goesRight = !node.missingGoesLeft && isMissing[column]
    if node.isCategorical {
      let words = CategorySet((0..<size).filter { tree.setContains(node, $0) })
      return (
        Box.Side(column: column, set: words, orMissing: goesLeft),
        Box.Side(column: column, set: CategorySet(all: size).subtracting(words), orMissing: goesRight)
      )
    }
    let threshold = Double(node.threshold)
    let cuts = table.cuts[column]
    var cut = threshold == .infinity ? size - 1 : Int(table.code(threshold, column: column))
    if cut > 0, cut < size, cut == cuts.count || threshold - cuts[cut - 1] < cuts[cut] - threshold, threshold.isFinite {
      cut -= 1
    }
    return (
      Box.Side(column: column, low: 0, high: cut, orMissing: goesLeft),
      Box.Side(column: column, low: cut + 1, high: size - 1, orMissing: goesRight)
    )
  }
}
