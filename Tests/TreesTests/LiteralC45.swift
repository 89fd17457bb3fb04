import RealModule
import Tensors

@testable import Trees

/// C4.5 written down as slowly and plainly as it is described: every candidate's counts are taken anew from the cases,
/// and every subtree is a value of its own.
struct LiteralC45 {
  struct Case {
    var row: Int
    var weight: Double
  }

  indirect enum Node {
    case leaf([Double])
    case threshold(column: Int, value: Double, classes: [Double], [Node])
    case categories(column: Int, classes: [Double], [Node])

    var classes: [Double] {
      switch self {
      case .leaf(let classes), .threshold(_, _, let classes, _), .categories(_, let classes, _): classes
      }
    }

    var branches: [Node] {
      switch self {
      case .leaf: []
      case .threshold(_, _, _, let branches), .categories(_, _, let branches): branches
      }
    }

    func with(_ branches: [Node], _ classes: [Double]) -> Node {
      switch self {
      case .leaf: .leaf(classes)
      case .threshold(let column, let value, _, _): .threshold(column: column, value: value, classes: classes, branches)
      case .categories(let column, _, _): .categories(column: column, classes: classes, branches)
      }
    }

    var leafCount: Int { branches.isEmpty ? 1 : branches.reduce(0) { $0 + $1.leafCount } }
  }

  let rows: Matrix
  let levels: [Int?]
  let classes: [Int]
  let classCount: Int
  let learner: C45

  func fit() -> Node {
    let all = classes.indices.map { Case(row: $0, weight: 1) }
    var tree = grow(all)
    if learner.collapses { tree = collapse(tree) }
    return learner.isPruned ? prune(tree, all).tree : tree
  }

  private func counts(_ cases: [Case]) -> [Double] {
    (0..<classCount).map { index in cases.reduce(0) { $0 + (classes[$1.row] == index ? $1.weight : 0) } }
  }

  private func bits(_ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    return weights.reduce(0) { $1 > 1e-6 ? $0 - $1 * Double.log2($1 / total) : $0 }
  }

  /// The branch of a case; nil where its cell is missing.
  private func branch(_ node: Node, _ row: Int) -> Int? {
    switch node {
    case .leaf: return nil
    case .threshold(let column, let value, _, _):
      return rows[row, column].isNaN ? nil : rows[row, column] <= value ? 0 : 1
    case .categories(let column, _, _): return rows[row, column].isNaN ? nil : Int(rows[row, column])
    }
  }

  private func split(_ cases: [Case], _ node: Node, count: Int) -> [[Case]] {
    let known = (0..<count).map { index in
      cases.reduce(0) { $0 + (branch(node, $1.row) == index ? $1.weight : 0) }
    }
    let total = known.reduce(0, +)
    return (0..<count).map { index in
      let share = total > 1e-6 ? known[index] / total : 1 / Double(count)
      return cases.compactMap { item in
        guard let own = branch(node, item.row) else {
          return share > 1e-6 ? Case(row: item.row, weight: item.weight * share) : nil
        }
        return own == index ? item : nil
      }
    }
  }

  private struct Candidate {
    var test: Node
    var gain: Double
    var ratio: Double
  }

  private func measured(_ cases: [Case], _ test: Node, count: Int) -> (gain: Double, ratio: Double, weights: [Double]) {
    let total = cases.reduce(0) { $0 + $1.weight }
    let parts = (0..<count).map { index in cases.filter { branch(test, $0.row) == index } }
    let weights = parts.map { $0.reduce(0) { $0 + $1.weight } }
    let known = weights.reduce(0, +)
    var gain =
      (bits(counts(parts.flatMap { $0 })) - parts.reduce(0) { $0 + bits(counts($1)) }) / known * (known / total)
    if (gain * known).magnitude < 1e-6 { gain = 0 }
    let information = bits(weights + [total - known]) / total
    return (gain, information * total < 1e-6 ? 0 : gain / information, weights)
  }

  private func candidate(_ cases: [Case], _ column: Int) -> Candidate? {
    if let count = levels[column] {
      let test = Node.categories(column: column, classes: [], [])
      let (gain, ratio, weights) = measured(cases, test, count: count)
      let isUsable = weights.filter { $0 >= learner.minimumCases - 1e-6 }.count > 1
      return isUsable ? Candidate(test: test, gain: gain, ratio: ratio) : nil
    }
    let known = cases.filter { !rows[$0.row, column].isNaN }
    let weight = known.reduce(0) { $0 + $1.weight }
    let tenth = 0.1 * weight / Double(classCount)
    let least = tenth <= learner.minimumCases + 1e-6 ? learner.minimumCases : min(25, tenth)
    if Double(known.count) < 2 * least - 1e-6 { return nil }
    let values = Set(known.map { rows[$0.row, column] }).sorted()
    var tries = 0
    var best: (gain: Double, low: Double, high: Double)?
    for (low, high) in zip(values, values.dropFirst()) {
      let test = Node.threshold(column: column, value: low, classes: [], [])
      let (gain, _, weights) = measured(cases, test, count: 2)
      if weights.contains(where: { $0 < least - 1e-6 }) { continue }
      tries += 1
      if gain > (best?.gain ?? 0) + 1e-6 { best = (gain, low, high) }
    }
    guard let best else { return nil }
    let total = cases.reduce(0) { $0 + $1.weight }
    let gain = best.gain - Double.log2(Double(tries)) / total
    if gain <= 1e-6 { return nil }
    let ratio = measured(cases, .threshold(column: column, value: best.low, classes: [], []), count: 2)
    let middle = (best.low + best.high) / 2
    let below =
      (0..<rows.rows).map { rows[$0, column] }.filter { $0 <= middle + 1e-9 * (best.high - middle) }.max() ?? best.low
    return Candidate(
      test: .threshold(column: column, value: below, classes: [], []), gain: gain, ratio: ratio.ratio * gain / best.gain
    )
  }

  private func grow(_ cases: [Case]) -> Node {
    let classes = counts(cases)
    let total = classes.reduce(0, +)
    if total < 2 * learner.minimumCases - 1e-6 || total - (classes.max() ?? 0) < 1e-6 { return .leaf(classes) }
    let candidates = levels.indices.map { candidate(cases, $0) }
    let isLarge = levels.map { Double($0 ?? 0) >= 0.3 * Double(rows.rows) }
    let counted = candidates.indices.filter { !isLarge[$0] || isLarge.allSatisfy { $0 } }.compactMap { candidates[$0] }
    if counted.isEmpty { return .leaf(classes) }
    let average = counted.reduce(0) { $0 + $1.gain } / Double(counted.count)
    var best: Candidate?
    for case let candidate? in candidates where candidate.gain >= average - 1e-3 {
      if candidate.ratio > (best?.ratio ?? 0) + 1e-6 { best = candidate }
    }
    guard let best else { return .leaf(classes) }
    var count = 2
    if case .categories(let column, _, _) = best.test { count = levels[column] ?? 0 }
    return best.test.with(split(cases, best.test, count: count).map { grow($0) }, classes)
  }

  private func errors(_ classes: [Double]) -> Double { classes.reduce(0, +) - (classes.max() ?? 0) }

  private func trainingErrors(_ node: Node) -> Double {
    node.branches.isEmpty ? errors(node.classes) : node.branches.reduce(0) { $0 + trainingErrors($1) }
  }

  private func collapse(_ node: Node) -> Node {
    if node.branches.isEmpty || trainingErrors(node) >= errors(node.classes) - 1e-3 { return .leaf(node.classes) }
    return node.with(node.branches.map { collapse($0) }, node.classes)
  }

  private func expected(_ classes: [Double]) -> Double {
    classes.reduce(0, +) > 1e-6
      ? learner.errors.expected(cases: classes.reduce(0, +), errors: max(0, errors(classes))) : 0
  }

  private func expected(_ node: Node, _ cases: [Case]) -> Double {
    if node.branches.isEmpty { return expected(counts(cases)) }
    let parts = split(cases, node, count: node.branches.count)
    return zip(node.branches, parts).reduce(0) { $0 + expected($1.0, $1.1) }
  }

  private func recounted(_ node: Node, _ cases: [Case]) -> Node {
    let parts = split(cases, node, count: node.branches.count)
    return node.with(zip(node.branches, parts).map { recounted($0, $1) }, counts(cases))
  }

  private func prune(_ node: Node, _ cases: [Case]) -> (tree: Node, expected: Double) {
    if node.branches.isEmpty { return (node, expected(node.classes)) }
    let parts = split(cases, node, count: node.branches.count)
    let pruned = zip(node.branches, parts).map { prune($0, $1) }
    let ofTree = pruned.reduce(0) { $0 + $1.expected }
    var heaviest = 0
    for index in pruned.indices {
      let weights = [heaviest, index].map { pruned[$0].tree.classes.reduce(0, +) }
      if weights[1] >= weights[0] - 1e-6 { heaviest = index }
    }
    let ofBranch = learner.raisesSubtrees ? expected(pruned[heaviest].tree, cases) : .infinity
    let ofLeaf = expected(node.classes)
    if ofLeaf <= ofTree + 0.1 + 1e-6, ofLeaf <= ofBranch + 0.1 + 1e-6 { return (.leaf(node.classes), ofLeaf) }
    if ofBranch <= ofTree + 0.1 + 1e-6 { return prune(recounted(pruned[heaviest].tree, cases), cases) }
    return (node.with(pruned.map(\.tree), node.classes), ofTree)
  }

  /// The shares of the classes for a row of `rows`.
  func predict(_ node: Node, _ row: Int) -> [Double] {
    if node.branches.isEmpty { return shares(node.classes) }
    if let own = branch(node, row) {
      let child = node.branches[own]
      return child.classes.reduce(0, +) > 1e-6 ? predict(child, row) : shares(node.classes)
    }
    var result = [Double](repeating: 0, count: classCount)
    let total = node.branches.reduce(0) { $0 + $1.classes.reduce(0, +) }
    for child in node.branches where child.classes.reduce(0, +) > 1e-6 {
      for (index, share) in predict(child, row).enumerated() {
        result[index] += share * child.classes.reduce(0, +) / total
      }
    }
    return result
  }

  private func shares(_ classes: [Double]) -> [Double] { classes.map { $0 / classes.reduce(0, +) } }
}
