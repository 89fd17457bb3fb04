import DataFrames
public import Learning
import Tensors

/// DeepRED (Zilke, Loza Mencía & Janssen, *DeepRED – Rule extraction from deep neural networks*, 2016; CRED for many layers):
/// the network is taken apart layer by layer, from the output to the inputs, and put together again as one decision graph.
///
/// The class is a tree over the units of the last hidden layer. For each unit that a tree asks for, one tree over the layer
/// below tells between which of the asked cuts the unit lies, so that what stands for unit > a and for unit > b never
/// contradict each other. Then each test of the graph is replaced by the tree of its unit, whose leaves lead to where the
/// test's arms lead; equal parts are held once, so no product of rules is ever written down. The graph is exact for the
/// composition. The rules are the ways of rows through it, without the conditions that do not help the network's answers,
/// and of those a short list.
///
/// Differences from the paper: units are cut at few quantiles, inner trees are pruned and see random rows too, and the
/// order of the final rules matters. Columns that the network does not need are left out first (RxREN: Augasta & Kathirvalavakumar
/// 2012), each by its mean or commonest word.
public struct DeepRED: Sendable {
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

  /// About the most rows that one inner tree learns from.
  private static let learningRows = 10_000
  /// Bytes that a node of the graph takes, its place in the dictionary among them.
  private static let nodeBytes = 400

  /// Extracts rules.
  /// - Parameters:
  ///   - network: the network, with any number of hidden layers.
  ///   - task: the rows and the network's classes.
  /// - Returns: the rules, and the graph.
  /// - Throws: what keeps the model from answering.
  public func extract(_ network: some LayeredModel, _ task: ExtractionTask) throws -> Extraction {
    let start = ContinuousClock.now
    let reference = try task.reference(synthetic: task.syntheticCount)
    let table = CutTable(features: task.features, rows: task.rows, maximumBins: 256, workers: task.workers)
    let inputs = CodedRows(reference.rows, table, workers: task.workers)
    let columns = try neededColumns(task)
    let layers = try network.hiddenActivations(reference.rows, workers: task.workers).map {
      CodedRows(units: $0, maximumBins: unitBins, workers: task.workers)
    }
    let limit = min(maximumNodes, max(1000, task.budget.maximumMemory / Self.nodeBytes))
    var share = minimumShare
    var graph: DecisionGraph?
    var isCoarser = false
    while graph == nil {
      // With half of the rows at least on each side a tree is a leaf, so this ends.
      if share < 0.5, task.budget.isSpent(0.5, since: start) { share = 0.5 }
      let least = max(2, Int(share * Double(min(reference.labels.count, Self.learningRows))))
      graph = composed(inputs, columns, layers, reference.labels, task, least: least, limit: limit)
      if graph == nil {
        share *= 1.5
        isCoarser = true
      }
    }
    guard let graph else { preconditionFailure("DeepRED: no graph") }
    let ways = task.workers.silent.map(count: min(maximumWays, reference.labels.count)) { row in
      graph.path(inputs, row: row)
    }
    // What many ways have in common shows in a tree of the graph's own decisions.
    let summary = CodedTree(
      inputs, chosen: Array(reference.labels.indices), labels: graph.classes(inputs), classCount: graph.outputs,
      columns: columns, settings: CodedTree.Settings(minimumRows: max(2, inputs.count / 1000)))
    let leaves = summary.leaves.map { (box: $0.box, conclusion: summary.majority($0.node)) }
    var seen: Set<RuleCover.Candidate> = []
    let candidates = (leaves + ways).map { RuleCover.Candidate(box: $0.box, conclusion: $0.conclusion) }.filter {
      $0.box.isSatisfiable && seen.insert($0).inserted
    }
    var cover = RuleCover(inputs, labels: reference.labels, classCount: task.classNames.count)
    cover.maximumRules = task.budget.maximumRules
    cover.minimumGain = max(2, Double(inputs.count) / 2500)
    let kept = kept(candidates, task, since: start)
    let list = cover.list(kept, workers: task.workers)
    return Extraction(
      rules: task.ruleSet(list, table), graph: graph,
      cuts: (isCoarser ? [.coarserGraph(share: share)] : [])
        + (kept.count < candidates.count ? [.candidates(kept: kept.count, of: candidates.count)] : []))
  }

  /// The candidates that there is time for.
  private func kept(
    _ candidates: [RuleCover.Candidate], _ task: ExtractionTask, since start: ContinuousClock.Instant
  ) -> [RuleCover.Candidate] {
    task.budget.isSpent(0.7, since: start) ? Array(candidates.prefix(300)) : candidates
  }

  /// The graph over the inputs; nil where it would have more nodes than allowed.
  private func composed(
    _ inputs: CodedRows, _ columns: [Int], _ layers: [CodedRows], _ labels: [Int], _ task: ExtractionTask, least: Int,
    limit: Int
  ) -> DecisionGraph? {
    let classCount = task.classNames.count
    let settings = CodedTree.Settings(minimumRows: least, maximumDepth: 10, purity: 0.995)
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
      guard let next = graph.substituting(byUnit, table: below[depth].table, limit: limit) else { return nil }
      graph = next
    }
    return graph
  }

  /// The columns without which the network changes more answers than allowed.
  private func neededColumns(_ task: ExtractionTask) throws -> [Int] {
    let width = task.features.count
    let count = min(task.rows.rows, max(100, 400_000 / max(1, width)))
    let rows = task.rows.selectingRows(0..<count)
    let labels = Array(task.labels[..<count])
    let fill = (0..<width).map { Self.usual(task.rows, column: $0, isNumber: task.features[$0].levelCount == nil) }
    @Sendable func changes(_ columns: [Int]) throws -> Int {
      var blank = rows
      for column in columns {
        for row in 0..<count { blank.elements[row * width + column] = fill[column] }
      }
      return zip(Metrics.classes(try task.model.predict(blank, workers: .one)), labels).count { $0 != $1 }
    }
    let counts = try task.workers.silent.tryMap(count: width) { try changes([$0]) }
    let order = (0..<width).sorted { counts[$0] != counts[$1] ? counts[$0] < counts[$1] : $0 < $1 }
    let allowed = Int(pruningLoss * Double(count))
    var low = 0
    var high = width - 1
    // More columns seldom change fewer answers; where they do, some columns stay that could go.
    while low < high {
      let middle = (low + high + 1) / 2
      if try changes(Array(order[..<middle])) <= allowed { low = middle } else { high = middle - 1 }
    }
    return order[low...].sorted()
  }

  /// The mean of a column's numbers, or its commonest word; NaN where all cells are missing.
  private static func usual(_ rows: Matrix, column: Int, isNumber: Bool) -> Double {
    let known = (0..<rows.rows).map { rows[$0, column] }.filter { !$0.isNaN }
    if known.isEmpty { return .nan }
    if isNumber { return known.reduce(0) { $0 + $1 / Double(known.count) } }
    let counts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key ?? .nan
  }
}

extension DecisionGraph {
  /// The cuts at which the graph asks for each column, as the codes that lie just below them.
  func askedCuts() -> [Int: [Int]] {
    var cuts: [Int: Set<Int>] = [:]
    for node in reachable() where node >= outputs {
      let test = nodes[node - outputs]
      for place in test.arms.dropLast() { cuts[test.column, default: []].insert(arms[place].last) }
    }
    return cuts.mapValues { $0.sorted() }
  }

  /// The nodes of a tree whose leaf of class c leads to the node `targets[c]`.
  mutating func grafted(_ tree: CodedTree, onto targets: [Int], from node: Int) -> Int {
    guard let left = tree.nodes[node].left, let right = tree.nodes[node].right else {
      return targets[tree.majority(node)]
    }
    let child = tree.nodes[node].firstChild
    let less = grafted(tree, onto: targets, from: child)
    let more = grafted(tree, onto: targets, from: child + 1)
    let size = table.sizes[left.column]
    let missing =
      left.orMissing ? less : right.orMissing ? more : tree.total(child) >= tree.total(child + 1) ? less : more
    if let set = left.set {
      let arms = (0..<size).map { Arm(last: $0, node: set.contains($0) ? less : more) }
      return self.node(column: left.column, arms: arms, missing: missing)
    }
    return self.node(
      column: left.column, arms: [Arm(last: left.high, node: less), Arm(last: size - 1, node: more)], missing: missing)
  }

  /// The graph over another table in which each test is replaced by the tree of its column.
  /// - Parameters:
  ///   - trees: for each column that is asked for the codes below its cuts, and a tree that tells between which of them
  ///     a row lies.
  ///   - table: what the trees ask for.
  ///   - limit: the most nodes.
  /// - Returns: nil where there would be more nodes.
  func substituting(_ trees: [Int: (cuts: [Int], tree: CodedTree)], table: CutTable, limit: Int) -> DecisionGraph? {
    var graph = DecisionGraph(table: table, outputs: outputs)
    var places: [Int: Int] = [:]
    for leaf in 0..<outputs { places[leaf] = leaf }
    // A node is made after all that it leads to, so the order of the nodes is one from the leaves up.
    for node in reachable().sorted() where node >= outputs {
      let column = nodes[node - outputs].column
      guard let (cuts, tree) = trees[column] else { continue }
      let targets = (cuts + [self.table.sizes[column] - 1]).map { code in
        places[next(node, code: UInt16(code))] ?? 0
      }
      places[node] = graph.grafted(tree, onto: targets, from: 0)
      if graph.nodes.count > limit { return nil }
    }
    graph.root = places[root] ?? root
    return graph
  }
}
