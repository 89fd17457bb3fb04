import DataFrames
import Learning
import Surrogates
import Tensors
import Trees

/// The text form of a decision tree, and the words for its tests that other forms share.
struct TreeText {
  let run: TreeRun

  /// The depth below which the text form says only how deep a branch goes on, as scikit-learn's `export_text` has it.
  private static let depthLimit = 10

  func text(limit: Int) -> String {
    var lines = [Terminal.oneLine(judgement), Terminal.oneLine(headline)]
    if let pruning { lines.append(pruning) }
    lines.append("")
    append(0, depth: 0, to: &lines)
    lines.append("")
    lines += importanceLines(limit)
    if let explained = run.explained { lines.append(LimeText.modelLine(explained.trained)) }
    if let warning = run.explained?.trained.warning { lines.append("Beware: \(warning)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The tree in a sentence.
  var headline: String {
    let first =
      run.ranking.first.map { column in
        " \(run.features[column].name) has the largest share of the impurity's decrease, "
          + "\(NumberText.percent(run.impurityShares[column]))."
      } ?? ""
    let root =
      run.tree.nodes[0].isLeaf ? "" : " The first test is on \(run.features[column(run.tree.nodes[0])].name)."
    return "Decision tree of \(run.responseName) (\(criterionName)), \(run.statistics.nodes[0].count) rows: "
      + "\(DataFrame.counted(run.tree.leafCount, "leaf", "leaves")), depth \(depth)." + root + first
  }

  /// How well the tree does, and on which rows.
  var judgement: String { run.quality.sentence }

  /// What pruning chose; nil where there was none.
  var pruning: String? {
    run.pruning.map { search in
      let chosen = search.candidates[search.choice]
      let full = search.candidates[0]
      return
        "Pruned from \(full.leaves) to \(chosen.leaves) leaves (alpha \(NumberText.significant(chosen.alpha, 3))): the "
        + "smallest tree within one standard error of the least cross-validated error, "
        + "\(NumberText.significant(chosen.loss, 3)) against \(NumberText.significant(full.loss, 3)) unpruned."
    }
  }

  /// What the tests decrease.
  var criterionName: String {
    switch run.statistics.criterion {
    case .gini: "Gini impurity"
    case .entropy: "entropy"
    case .variance: "variance"
    }
  }

  /// The greatest number of tests on the way to a leaf.
  var depth: Int { Self.depth(run.tree, 0) }

  private static func depth(_ tree: Tree, _ index: Int) -> Int {
    var depths = [Int](repeating: 0, count: tree.nodes.count)
    var greatest = 0
    for place in index..<tree.nodes.count where !tree.nodes[place].isLeaf && (place == index || depths[place] > 0) {
      for child in [Int(tree.nodes[place].firstChild), Int(tree.nodes[place].firstChild) + 1] {
        depths[child] = depths[place] + 1
        greatest = max(greatest, depths[child])
      }
    }
    return greatest
  }

  /// The user's column of a test.
  func column(_ node: Tree.Node) -> Int { run.ensemble.columns[Int(node.slot)] }

  private func append(_ index: Int, depth: Int, to lines: inout [String]) {
    let indent = String(repeating: "|   ", count: depth) + "|--- "
    let node = run.tree.nodes[index]
    if node.isLeaf {
      lines.append(indent + Terminal.oneLine(leaf(index)))
      return
    }
    if depth > Self.depthLimit {
      lines.append(indent + "truncated branch of depth \(Self.depth(run.tree, index))")
      return
    }
    for side in 0..<2 {
      lines.append(indent + Terminal.oneLine(condition(index, isLeft: side == 0)))
      append(Int(node.firstChild) + side, depth: depth + 1, to: &lines)
    }
  }

  /// What a leaf says.
  func leaf(_ index: Int) -> String {
    let statistics = run.statistics.nodes[index]
    let rows = DataFrame.counted(statistics.count, "row", "rows")
    guard let names = run.target.classNames else {
      return "value: \(NumberText.significant(statistics.values[0], 4)) (\(rows))"
    }
    let best = majority(statistics)
    return "class: \(names[best]) (\(rows), \(NumberText.percent(statistics.values[best])))"
  }

  /// The commonest class of a node, the first among equals.
  func majority(_ node: TreeStatistics.Node) -> Int {
    node.values.indices.reduce(0) { node.values[$1] > node.values[$0] ? $1 : $0 }
  }

  /// The condition of one side of a test, with the missing cells that go there.
  func condition(_ index: Int, isLeft: Bool) -> String {
    let node = run.tree.nodes[index]
    let feature = run.features[column(node)]
    let missing = node.missingGoesLeft == isLeft && seesMissing(column(node)) ? " or missing" : ""
    if node.isCategorical {
      let words = branch(node, isLeft: isLeft).map { Self.quoted($0) }
      return "\(feature.name) in {\(words.joined(separator: ", "))}\(missing)"
    }
    if node.threshold == .infinity { return isLeft ? "\(feature.name) has a value" : "\(feature.name) is missing" }
    return "\(feature.name) \(isLeft ? "<=" : ">") \(NumberText.exact(Self.threshold(node)))\(missing)"
  }

  /// The shortest number that is the threshold to a Float.
  static func threshold(_ node: Tree.Node) -> Double { Double("\(node.threshold)") ?? Double(node.threshold) }

  private func seesMissing(_ column: Int) -> Bool {
    let name = run.features[column].name
    let original = run.table.encoding.features.firstIndex { name == $0.name || name.hasPrefix("\($0.name)=") }
    return original.map { place in (0..<run.table.rows.rows).contains { run.table.rows[$0, place].isNaN } } ?? false
  }

  /// The words of one side of a test on a category.
  func branch(_ node: Tree.Node, isLeft: Bool) -> [String] {
    guard case .category(let levels) = run.features[column(node)].kind else { return [] }
    return levels.indices.filter { run.tree.setContains(node, $0) == isLeft }.map { levels[$0] }
  }

  /// A word as it stands in a set: in quotes where it is not plain.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-".utf8.contains(byte)
      }
    return isPlain
      ? word : "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The names of the columns of the table of importances.
  var importanceHeader: [String] { ["Column", "Permutation", "Std. dev.", "Impurity share"] }

  /// The cells of one column.
  func importanceCells(_ column: Int) -> [String] {
    let share = NumberText.significant(run.impurityShares[column], 3)
    guard !run.importances.isEmpty else { return [run.features[column].name, "", "", share] }
    let importance = run.importances[column]
    let decimals = NumberText.decimals(of: run.importances.map(\.difference.magnitude).max() ?? 0, digits: 3)
    return [
      run.features[column].name, NumberText.fixed(importance.difference, decimals: decimals),
      NumberText.fixed(importance.standardDeviation, decimals: decimals), share,
    ]
  }

  private func importanceLines(_ limit: Int) -> [String] {
    let ranking = run.ranking
    guard !ranking.isEmpty else { return [] }
    let shown = ranking.prefix(limit)
    var lines = TextTable.aligned([importanceHeader] + shown.map { importanceCells($0) })
    if shown.count < ranking.count { lines.append("... and \(ranking.count - shown.count) more (--top all).") }
    return lines + [importanceNote, ""]
  }

  /// What the importances are.
  var importanceNote: String {
    let score = LimeText.metricName(Score.scores(of: run.target)[0].rawValue)
    let permutation =
      switch run.judged {
      case .heldOut: "how much \(score) falls on the held-out rows when the column is permuted"
      case .crossValidated, .split:
        "how much \(score) falls on rows that the trees were grown without when the column is permuted"
      case .nothing: "not measured, as there are no other rows"
      }
    return
      "Permutation: \(permutation). Impurity share: of the decrease on the rows the tree was grown on; it favours columns "
      + "with many values."
  }
}
