import Learning
import Tensors

/// ANN-DT (Schmitz, Aldrich & Gouws, *ANN-DT: an algorithm for extraction of decision trees from artificial neural
/// networks*, IEEE Transactions on Neural Networks 10(6), 1999): a tree that asks the model about more random rows
/// wherever its own run out.
///
/// At a node with fewer rows than `minimumRows` random ones near its own are drawn, those outside the node are thrown
/// away and the others are labelled by the model. The cut is the one of the largest gain; where most of a node's rows
/// are random and no real row is left, it is a leaf. Any model can be asked.
public struct ANNDT: RuleExtractor {
  /// The rows that a node is filled up to.
  public var minimumRows: Int
  /// The greatest depth.
  public var maximumDepth: Int
  /// The fewest real rows of a node that is split.
  public var minimumRealRows: Int

  /// ANN-DT of the given size.
  public init(minimumRows: Int = 3000, maximumDepth: Int = 10, minimumRealRows: Int = 4) {
    self.minimumRows = minimumRows
    self.maximumDepth = maximumDepth
    self.minimumRealRows = minimumRealRows
  }

  /// `ann-dt`.
  public var name: String { "ann-dt" }
  /// What the method does.
  public var summary: String { "asks any model about random rows too" }
  /// Any model.
  public var requirement: ExtractionRequirement { .anyModel }

  /// The most cells that a node is filled up to: wide tables get fewer rows.
  private static let nodeCells = 4_000_000

  private struct Pending {
    let box: Box
    /// The indices of the rows in the box, real ones first.
    let real: [Int]
    let drawn: Matrix
    let drawnLabels: [Int]
    let depth: Int
    let number: UInt64
  }

  /// Extracts rules.
  /// - Throws: what keeps the model from answering.
  /// - Complexity: O(leaves · (rows + `minimumRows`) · features)
  public func extract(_ given: ExtractionTask) throws -> Extraction {
    let start = ContinuousClock.now
    let (task, rowCuts) = given.withinBudget()
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 256, workers: task.workers)
    let coded = CodedRows(task.rows, table, workers: task.workers)
    let least = max(2, task.rows.rows / 500)
    let wanted = min(minimumRows, max(100, Self.nodeCells / max(1, task.rows.columns)))
    var leaves: [RuleCover.Candidate] = []
    var isCut = false
    var pending = [
      Pending(
        box: .everything, real: Array(task.labels.indices), drawn: Matrix(rows: 0, columns: task.rows.columns),
        drawnLabels: [], depth: 0, number: 1)
    ]
    while let node = pending.popLast() {
      let (drawn, labels) = isCut ? (node.drawn, node.drawnLabels) : try filled(node, wanted, task, table)
      let all = node.real.map { task.labels[$0] } + labels
      let classes = task.classNames.indices.map { label in all.count { $0 == label } }
      let best = classes.argmax()
      isCut = isCut || task.budget.first(0.6, since: start).isSpent
      let own = coded.selecting(
        node.real, followedBy: CodedRows(drawn, table, workers: task.workers), workers: task.workers)
      let stump = CodedTree(
        own, chosen: Array(all.indices), labels: all, classCount: classes.count,
        settings: CodedTree.Settings(
          minimumRows: least, maximumDepth: 1, isPruned: false, chargesCuts: false, usesRatio: false))
      guard node.depth < maximumDepth, node.real.count >= minimumRealRows, !isCut, let left = stump.nodes[0].left,
        let right = stump.nodes[0].right
      else {
        leaves.append(RuleCover.Candidate(box: node.box, conclusion: best))
        continue
      }
      for (side, turn) in [(right, UInt64(1)), (left, 0)] {
        guard let box = node.box.intersection(Box(sides: [side])) else { continue }
        let kept = (0..<drawn.rows).filter { side.allows(own.code(row: node.real.count + $0, column: side.column)) }
        pending.append(
          Pending(
            box: box, real: node.real.filter { side.allows(coded.code(row: $0, column: side.column)) },
            drawn: drawn.selectingRows(kept), drawnLabels: kept.map { labels[$0] }, depth: node.depth + 1,
            number: node.number &* 2 &+ turn))
      }
    }
    let reference = try task.reference(synthetic: isCut ? 0 : task.syntheticCount)
    let cover = RuleCover(
      CodedRows(reference.rows, table, workers: task.workers), labels: reference.labels,
      classCount: task.classNames.count, budget: task.budget, limits: task.limits)
    let list = cover.list(leaves, workers: task.workers)
    return Extraction(
      rules: task.finished(task.ruleSet(list, table)), cuts: rowCuts + (isCut ? [.unfinishedTree] : []) + list.cuts)
  }

  /// The random rows of a node, filled up by new ones near its real rows.
  private func filled(
    _ node: Pending, _ wanted: Int, _ task: ExtractionTask, _ table: CutTable
  ) throws -> (Matrix, [Int]) {
    var drawn = node.drawn
    var labels = node.drawnLabels
    guard !node.real.isEmpty, node.real.count + drawn.rows < wanted else { return (drawn, labels) }
    let source = SyntheticRows(task.rows.selectingRows(node.real), features: task.features)
    for round in 0..<4 as Range<UInt64> where node.real.count + drawn.rows < wanted {
      let more = source.draw(
        wanted, seed: task.seed &+ node.number &* 7919 &+ round, workers: task.workers)
      let inside = (0..<more.rows).filter { row in
        node.box.sides.allSatisfy { $0.allows(table.code(more[row, $0.column], column: $0.column)) }
      }
      let kept = more.selectingRows(Array(inside.prefix(wanted - node.real.count - drawn.rows)))
      drawn = Matrix(
        rows: drawn.rows + kept.rows, columns: drawn.columns, elements: drawn.elements + kept.elements)
      labels += Metrics.classes(try task.answers(to: kept, workers: task.workers.silent))
    }
    return (drawn, labels)
  }
}
